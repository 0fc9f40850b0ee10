using System.Globalization;
using Bitcurve.Models.Data;

namespace Bitcurve.Search.Cli.Train;

/// <summary>What a training came to, epoch by epoch, in a file of comma-separated values.</summary>
/// <param name="path">The file.</param>
internal sealed class TrainingLog(string path)
{
    private readonly List<LoggedEpoch> epochs = [];

    /// <summary>The metric on the validation split before training.</summary>
    internal double Start { get; private set; }

    internal IReadOnlyList<LoggedEpoch> Epochs => epochs;

    /// <summary>Median; 0 before the first epoch.</summary>
    internal double SecondsPerEpoch => epochs.Count == 0 ? 0 : epochs.Select(epoch => epoch.Seconds).Order().ElementAt(epochs.Count / 2);

    /// <summary>Begins a new file.</summary>
    internal void Begin(string metric, double start)
    {
        Start = start;
        File.WriteAllLines(path, [$"epoch,loss,{metric},seconds", Row(0, null, start, 0)]);
    }

    internal void Add(int epoch, double loss, double? value, double seconds)
    {
        // As the file tells it, so that a training read back is the same.
        epochs.Add(new(epoch, loss, value, Math.Round(seconds, 3)));
        File.AppendAllLines(path, [Row(epoch, loss, value, seconds)]);
    }

    /// <summary>Reads back the epochs up to the one that a checkpoint holds.</summary>
    /// <exception cref="DataFormatException">The file is missing or damaged.</exception>
    internal void Load(int last)
    {
        var lines = File.Exists(path) ? File.ReadAllLines(path) : throw new DataFormatException(path, "log", null, "the log beside its checkpoint", "no such file");
        foreach (var (line, number) in lines.Skip(1).Select((line, index) => (line, index + 2)))
        {
            string[] cells = line.Split(',');
            if (cells.Length != 4 || !int.TryParse(cells[0], CultureInfo.InvariantCulture, out var epoch))
            {
                throw new DataFormatException(path, $"log, line {number}", null, "epoch,loss,metric,seconds", line);
            }

            double? Number(int column) => double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
            if (epoch == 0)
            {
                Start = Number(2) ?? throw new DataFormatException(path, $"log, line {number}", null, "a metric", line);
            }
            else if (epoch <= last)
            {
                epochs.Add(new(epoch, Number(1) ?? double.NaN, Number(2), Number(3) ?? 0));
            }
        }

        File.WriteAllLines(path, [lines[0], Row(0, null, Start, 0), .. epochs.Select(epoch => Row(epoch.Epoch, epoch.Loss, epoch.Value, epoch.Seconds))]);
    }

    private static string Row(int epoch, double? loss, double? value, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch},{loss},{value},{seconds:0.###}");
}

/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean over its steps.</param>
/// <param name="Value">Metric on the validation split; null where it was not measured.</param>
/// <param name="Seconds">Of training.</param>
internal sealed record LoggedEpoch(int Epoch, double Loss, double? Value, double Seconds);
