using System.Globalization;
using System.Text.Json;

namespace Bitcurve.Gp.Bench;

/// <summary>One measured case.</summary>
/// <param name="Bench">The command that measured it.</param>
/// <param name="Case">What, without its size.</param>
/// <param name="Size">n, observations (or rows of a matrix).</param>
/// <param name="Threads">What <see cref="ComputeThreads.Maximum"/> was.</param>
/// <param name="Timing">How long.</param>
/// <param name="TargetMs">What it should take at most; null where nothing is asked.</param>
/// <param name="Figures">Anything else worth a column.</param>
public sealed record Row(
    string Bench, string Case, int Size, int Threads, Timing Timing, double? TargetMs, IReadOnlyDictionary<string, double> Figures);

/// <summary>Collects rows: a JSON line for each at once, Markdown tables at the end.</summary>
public sealed class Report(TextWriter output)
{
    private readonly List<Row> _rows = [];

    public void Add(
        string bench, string name, int size, Timing timing, double? targetMs = null, params (string Name, double Value)[] figures)
    {
        var row = new Row(
            bench, name, size, ComputeThreads.Maximum, timing, targetMs,
            figures.ToDictionary(figure => figure.Name, figure => figure.Value));
        _rows.Add(row);
        output.WriteLine(JsonSerializer.Serialize(row, JsonSerializerOptions.Web));
    }

    /// <summary>A table for each bench, then the slopes.</summary>
    public void WriteTables()
    {
        foreach (var bench in _rows.GroupBy(row => row.Bench))
        {
            string[] figures = [.. bench.SelectMany(row => row.Figures.Keys).Distinct()];
            output.WriteLine();
            WriteCells(["case", "n", "threads", "median ms", "minimum ms", "processor ms", "runs", "target ms", .. figures]);
            WriteCells(Enumerable.Repeat("---", 8 + figures.Length));
            foreach (var row in bench)
            {
                WriteCells(
                    [row.Case, $"{row.Size}", $"{row.Threads}", Text(row.Timing.MedianMs), Text(row.Timing.MinimumMs),
                        Text(row.Timing.ProcessorMs), $"{row.Timing.Repetitions}", Verdict(row),
                        .. figures.Select(name => row.Figures.TryGetValue(name, out var value) ? Text(value) : "")]);
            }
        }
        WriteSlopes();
    }

    /// <summary>b of cost = a n^b by least squares over the logarithms, for every case with at least two sizes.</summary>
    private void WriteSlopes()
    {
        var cases = _rows.GroupBy(row => (row.Bench, row.Case, row.Threads)).Where(group => group.Count() > 1).ToList();
        if (cases.Count == 0)
        {
            return;
        }
        output.WriteLine();
        WriteCells(["cost = a n^b", "threads", "n", "b, median", "b, minimum", "b, processor"]);
        WriteCells(Enumerable.Repeat("---", 6));
        foreach (var group in cases)
        {
            WriteCells(
                [$"{group.Key.Bench} {group.Key.Case}", $"{group.Key.Threads}", string.Join(", ", group.Select(row => row.Size)),
                    Text(Slope(group, row => row.Timing.MedianMs)), Text(Slope(group, row => row.Timing.MinimumMs)),
                    Text(Slope(group, row => row.Timing.ProcessorMs))]);
        }
    }

    private static double Slope(IEnumerable<Row> rows, Func<Row, double> cost)
    {
        var points = rows.Select(row => (X: Math.Log(row.Size), Y: Math.Log(cost(row)))).ToList();
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }

    private static string Verdict(Row row)
    {
        if (row.TargetMs is not { } target)
        {
            return "";
        }
        var timing = row.Timing;
        // On one thread processor time is what the wall would show on an idle machine.
        var verdict = timing.MedianMs <= target ? "met"
            : timing.MinimumMs <= target ? "met by the minimum"
            : row.Threads == 1 && timing.ProcessorMs <= target ? "met by processor time"
            : "missed";
        return $"{Text(target)} {verdict}";
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "F0" : "G3", CultureInfo.InvariantCulture);

    private void WriteCells(IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
}
