using System.Text.Json;
using Bitcurve.Models.Data;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Experiments;

/// <summary>An experiment carried out for some seeds, row by row; figures are stored as they come, so that it can be interrupted and continued.</summary>
/// <param name="experiment">What to do.</param>
/// <param name="scale">Size of networks and data.</param>
/// <param name="folder">Keeps figures, in a file of the experiment's name, and trained stages, which experiments in the same folder share.</param>
/// <param name="epochs">Length of every training instead of its recipe's; null for the recipes' own.</param>
/// <param name="only">Takes only the rows whose label contains this; null for all.</param>
public sealed class ExperimentRun(Experiment experiment, WorkloadScale scale, string folder, int? epochs, string? only = null)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private string FiguresFile => Path.Combine(folder, $"{experiment.Name}.json");

    /// <summary>Measures whatever is missing and returns the whole table.</summary>
    /// <param name="seeds">Each is a repetition of everything but the data.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="say">Takes lines of progress.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <exception cref="ArgumentException">No row is chosen.</exception>
    /// <exception cref="DataFormatException">The folder holds figures of another scale or length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was measured is stored.</exception>
    public ExperimentTable Measure(IReadOnlyList<long> seeds, Device device, Action<string> say, CancellationToken cancellation)
    {
        var figures = Load();
        var rows = ChosenRows();
        foreach (var seed in seeds)
        {
            var stages = new ExperimentStages(Path.Combine(folder, $"seed{seed}"), seed, scale, device, epochs, line => say($"seed {seed}: {line}"), cancellation);
            foreach (var row in rows.Where(row => !figures.Has(seed, row.Label)))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var values = row.Measure(stages);
                if (values.Count != experiment.Columns.Count)
                {
                    throw new InvalidOperationException($"{experiment.Name}, {row.Label}: expected {experiment.Columns.Count} figures, actual {values.Count}");
                }

                figures = figures with { Measured = [.. figures.Measured, new(seed, row.Label, values)] };
                Store(figures);
                say($"seed {seed}: {row.Label}: {string.Join(", ", values.Select((value, k) => $"{experiment.Columns[k]} {ExperimentTable.Text(value)}"))}");
            }
        }

        return new(experiment, scale, seeds, [.. rows.Select(row => new MeasuredRow(row.Label, [.. seeds.Select(seed => figures.Of(seed, row.Label))], row.Published))]);
    }

    private List<ExperimentRow> ChosenRows()
    {
        var all = experiment.Rows(scale);
        List<ExperimentRow> chosen = [.. all.Where(row => only is null || row.Label.Contains(only, StringComparison.OrdinalIgnoreCase))];
        return chosen.Count > 0
            ? chosen
            : throw new ArgumentException($"--only: expected a part of a row's label ({string.Join("; ", all.Select(row => row.Label))}), actual '{only}'");
    }

    private Figures Load()
    {
        var path = FiguresFile;
        var own = new Figures(experiment.Name, scale, epochs, []);
        if (!File.Exists(path))
        {
            return own;
        }

        Figures? stored;
        try
        {
            stored = JsonSerializer.Deserialize<Figures>(File.ReadAllText(path), Form);
        }
        catch (JsonException fault)
        {
            throw new DataFormatException(path, "figures", null, "JSON as an experiment writes it", fault.Message);
        }

        return stored is not null && (stored with { Measured = [] }).ToString() == own.ToString()
            ? stored
            : throw new DataFormatException(path, "figures", null, own.Title, stored?.Title ?? "null");
    }

    private void Store(Figures figures)
    {
        Directory.CreateDirectory(folder);
        var path = FiguresFile;
        File.WriteAllText($"{path}.partial", JsonSerializer.Serialize(figures, Form));
        File.Move($"{path}.partial", path, overwrite: true);
    }

    private sealed record Figures(string Experiment, WorkloadScale Scale, int? Epochs, IReadOnlyList<Figure> Measured)
    {
        internal string Title => $"{Experiment} at {Scale.ToString().ToLowerInvariant()} scale, {(Epochs is { } length ? $"{length} epochs" : "full length")}";

        public override string ToString() => Title;

        internal bool Has(long seed, string row) => Measured.Any(figure => figure.Seed == seed && figure.Row == row);

        internal IReadOnlyList<double?> Of(long seed, string row) => Measured.First(figure => figure.Seed == seed && figure.Row == row).Values;
    }

    private sealed record Figure(long Seed, string Row, IReadOnlyList<double?> Values);
}
