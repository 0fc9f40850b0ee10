using System.Globalization;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// Parameters against accuracy of trained networks whose kernels become series, before and after five epochs of fine-tuning: the form of the
/// thesis's Table 1, ch. 4, on our data. Takes the FP32 networks that <see cref="SchemesBench"/> left in the same folder.
/// </summary>
public static class SeriesBench
{
    private const int Epochs = 5;

    // Stem, then the three stages: full kernels as the control, then the thesis's rows.
    private static readonly int[][] Rows = [[3, 3, 3, 3], [3, 3, 3, 2], [3, 3, 2, 2], [3, 2, 2, 2], [2, 2, 2, 3], [2, 2, 2, 2]];

    /// <param name="arguments">FOLDER SEEDS NETWORK...</param>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var folder, var seeds, .. var networks] || networks.Length == 0)
        {
            Console.Error.WriteLine("series: expected FOLDER SEEDS NETWORK..., for example: series trained 3 resnet20");
            return 2;
        }

        set_num_threads(1);
        var output = Path.Combine(folder, "series.csv");
        if (!File.Exists(output))
        {
            File.WriteAllText(output, "network,series,fit,harmonics,seed,total_params,percent,fp32_test,pre_test,post_test\n");
        }

        foreach (var network in networks)
        {
            for (var seed = 0L; seed < long.Parse(seeds, CultureInfo.InvariantCulture); seed++)
            {
                foreach (var row in Rows)
                {
                    Measure(folder, output, network, seed, SeriesKind.Cosine, SeriesFitMethod.ClosedForm, row);
                    if (seed == 0 && row.Any(h => h < 3))
                    {
                        // On three positions both series span the same kernels and both fits find the same ones: shown once.
                        Measure(folder, output, network, seed, SeriesKind.Chebyshev, SeriesFitMethod.Gradient, row);
                    }
                }
            }
        }

        return 0;
    }

    private static void Measure(string folder, string output, string network, long seed, SeriesKind kind, SeriesFitMethod fit, int[] stages)
    {
        var key = $"{network},{kind},{fit},{string.Join(' ', stages)},{seed},";
        if (File.ReadLines(output).Any(line => line.StartsWith(key, StringComparison.Ordinal)))
        {
            return;
        }

        var workload = Workload.Open($"{network}/shapes32");
        var blueprint = NetworkCatalogue.Describe(network);
        var scheme = new SeriesScheme(kind, blueprint.Convolutions.Where(c => ((Convolution)c.Block).IsCompressible).Select(c => new Harmonics(stages[c.Stage])));
        using var run = TrainingRun.FineTuning(workload.Problem, workload.FineTuning, [], QuantizerOptions.Default, seed, CPU, scheme, fit);
        var path = Path.Combine(folder, $"{network}-seed{seed}.safetensors");
        using (var file = SafetensorsFile.Open(path))
        {
            run.LoadWeights(file, path);
        }

        var before = run.Evaluate(Split.Test);
        while (run.Epochs < Epochs)
        {
            run.TrainEpoch(null, CancellationToken.None);
        }

        // As the thesis counts: convolutions and the last layer, no norms.
        var outside = blueprint.Top.Leaves.Where(leaf => leaf.Block is FullyConnected).Sum(leaf => leaf.WeightCount + leaf.BiasCount);
        var (all, stored) = (blueprint.Convolutions.Sum(c => c.WeightCount) + outside, scheme.StoredCount([.. blueprint.Convolutions.Select(KernelGeometry.Of)]) + outside);
        var line = FormattableString.Invariant(
            $"{key}{stored},{100.0 * stored / all:F2},{100 * Fp32(network, workload, path):F2},{100 * before:F2},{100 * run.Evaluate(Split.Test):F2}");
        File.AppendAllText(output, line + "\n");
        Console.Error.WriteLine(line);
    }

    private static double Fp32(string network, Workload workload, string path)
    {
        using var run = TrainingRun.FineTuning(workload.Problem, workload.FineTuning, [], QuantizerOptions.Default, 0, CPU);
        using var file = SafetensorsFile.Open(path);
        run.LoadWeights(file, path);
        return run.Evaluate(Split.Test);
    }
}
