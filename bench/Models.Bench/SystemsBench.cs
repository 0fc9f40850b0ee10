using System.Globalization;
using Bitcurve.Models.Data;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// Trains every system of small scale in FP32 for several seeds and writes one line per training: the metric before and after it, and that of
/// an answer that does not look. The same command goes on where it stopped.
/// </summary>
public static class SystemsBench
{
    private const string Header = "workload,seed,epochs,parameters,metric,start,value,test,test_trivial,seconds";

    /// <param name="arguments">FILE SEEDS [NETWORK...]: all systems of two scales unless some are named.</param>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var file, var seeds, .. var networks])
        {
            Console.Error.WriteLine("systems: expected FILE SEEDS [NETWORK...], for example: systems bench/tables/systems_small.csv 3 voxnet ndf");
            return 2;
        }

        set_num_threads(Environment.ProcessorCount);
        if (!File.Exists(file))
        {
            File.WriteAllText(file, Header + "\n");
        }

        foreach (var family in SystemCatalogue.Families.Where(family => family.Scales.Contains(WorkloadScale.Small) && (networks.Length == 0 || networks.Contains(family.Network))))
        {
            for (var seed = 0L; seed < long.Parse(seeds, CultureInfo.InvariantCulture); seed++)
            {
                Train(file, family, seed);
            }
        }

        Console.Write(Table(file));
        return 0;
    }

    private static void Train(string file, WorkloadFamily family, long seed)
    {
        var workload = Workload.Open(family.Network + WorkloadName.SmallSuffix);
        var key = $"{workload.Name},{seed},";
        if (File.ReadLines(file).Any(line => line.StartsWith(key, StringComparison.Ordinal)))
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var run = TrainingRun.FromScratch(workload.Problem, workload.Baseline, seed, CPU);
        var start = run.Evaluate(Split.Validation);
        var started = TimeProvider.System.GetTimestamp();
        while (run.Epochs < workload.Baseline.Epochs)
        {
            run.TrainEpoch(null, default);
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var parameters = run.Network.named_parameters().Sum(parameter => parameter.parameter.numel());
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"{key}{run.Epochs},{parameters},{workload.Problem.Metric.Name},{start:G6},{run.Evaluate(Split.Validation):G6},{run.Evaluate(Split.Test):G6},{run.Session.Trivial(Split.Test):G6},{seconds:0.0}");
        File.AppendAllLines(file, [row]);
        Console.Error.WriteLine(row);
    }

    // Means and standard deviations over the seeds.
    private static string Table(string file)
    {
        var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0]);
        List<string> lines =
        [
            "| workload | parameters | metric | seeds | before | after, validation | after, test | without looking | seconds |",
            "|---|---:|---|---:|---:|---:|---:|---:|---:|",
        ];
        foreach (var group in rows)
        {
            double[] Column(int index) => [.. group.Select(cells => double.Parse(cells[index], CultureInfo.InvariantCulture))];
            lines.Add($"| {group.Key} | {group.First()[3]} | {group.First()[4]} | {group.Count()} | {Text(Column(5))} | {Text(Column(6))} | {Text(Column(7))} | {Text(Column(8))} | {Column(9).Average().ToString("0", CultureInfo.InvariantCulture)} |");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Text(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:G4} ± {deviation:G2}");
    }
}
