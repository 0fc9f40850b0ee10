using System.Diagnostics;
using Bitcurve.Models.Training;
using Bitcurve.Search.Bench.Problems;
using Bitcurve.Search.Space;
using static TorchSharp.torch;

namespace Bitcurve.Search.Bench.Tabulation;

/// <summary>Trains many configurations of one workload for real and keeps their accuracies, so that searches can be replayed on them in milliseconds.</summary>
public static class TabulateCommand
{
    public static readonly IReadOnlyList<string> Options =
        ["--out", "--workload", "--space", "--configurations", "--seeds", "--fine-tune-images", "--threads"];

    private const string DefaultWorkload = "resnet8/shapes32";
    private const string DefaultSpace = "bezier:2";
    private const int DefaultConfigurations = 160;
    private const int DefaultSeeds = 2;

    /// <returns>0 when the table is complete, 1 where a training diverged and its row is missing.</returns>
    public static int Run(CommandArguments arguments)
    {
        var output = arguments.Required("--out");
        var configurationCount = arguments.Integer("--configurations", DefaultConfigurations);
        var seeds = arguments.Integer("--seeds", DefaultSeeds);
        set_num_threads(arguments.Integer("--threads", 1));

        var workload = arguments.Text("--workload") ?? DefaultWorkload;
        using var trainings = new TabulatedWorkload(workload, arguments.Text("--fine-tune-images") is null ? null : arguments.Integer("--fine-tune-images", 1));
        var space = CurveSpace.Parse(arguments.Text("--space") ?? DefaultSpace, trainings.Workload.Layers.Count);
        var table = TableFile.Open(output, TableFacts.Of(trainings, space));
        var configurations = LowDiscrepancyCandidates.Of(space, configurationCount);
        var missing = (from configuration in configurations
                       from seed in Enumerable.Range(0, seeds)
                       where !table.Contains(configuration.Bits, seed)
                       select (configuration, seed)).ToList();
        Console.Error.WriteLine($"{output}: {configurations.Count} configurations x {seeds} seeds, {missing.Count} rows to train");
        return TrainAll(missing, trainings, table);
    }

    private static int TrainAll(List<(Candidate Configuration, int Seed)> missing, TabulatedWorkload trainings, TableFile table)
    {
        var (start, diverged) = (Stopwatch.GetTimestamp(), 0);
        for (var k = 0; k < missing.Count; k++)
        {
            var (configuration, seed) = missing[k];
            try
            {
                var row = trainings.Train(configuration, seed);
                table.Append(row);
                Progress(k + 1, missing.Count, row, Stopwatch.GetElapsedTime(start));
            }
            catch (DivergedException error)
            {
                diverged++;
                Console.Error.WriteLine($"{configuration.Bits} seed {seed}: {error.Message}; no row");
            }
        }

        return diverged == 0 ? 0 : 1;
    }

    private static void Progress(int done, int all, TableRow row, TimeSpan elapsed)
    {
        var left = elapsed / done * (all - done);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{done}/{all} {row.Bits} seed {row.Seed}: validation {row.Validation[0]:F1} -> {row.Validation[^1]:F1} %, {row.CpuSecondsPerEpoch:F2} s per epoch, {elapsed.TotalMinutes:F1} min gone, {left.TotalMinutes:F0} min left"));
    }
}
