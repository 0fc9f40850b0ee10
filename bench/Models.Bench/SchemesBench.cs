using System.Globalization;
using Bitcurve.Models.Data;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// Fine-tunes given bit-widths from FP32 networks of several seeds and writes one line per training; the same command goes on where it stopped.
/// </summary>
public static class SchemesBench
{
    private const string Header = "network,scheme,bits,seed,dsconv_bits,fp32_test,test_e0,test_e1,test_e2,test_e15";
    private static readonly int[] Epochs = [0, 1, 2, 15];

    // The thesis's own lines (ch. 3, Table 1): 6 to 1, 4 to 2, their reverses, and uniform widths.
    private static readonly (string Name, double First, double Last)[] Schemes =
    [
        ("6 to 1", 0.6, 0), ("1 to 6", 0, 0.6), ("all 2", 0.125, 0.125), ("all 3", 0.25, 0.25), ("all 4", 0.375, 0.375),
        ("4 to 2", 0.4074, 0.1157), ("2 to 4", 0.1157, 0.4074),
    ];

    /// <param name="arguments">
    /// FOLDER SEEDS SCHEMES NETWORK...: baselines and <c>schemes.csv</c> are kept in FOLDER. Each seed has its own FP32 network, or, for
    /// NETWORK@SEED, all start from that one.
    /// </param>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var folder, var seeds, var schemes, .. var networks] || networks.Length == 0)
        {
            Console.Error.WriteLine("schemes: expected FOLDER SEEDS SCHEMES NETWORK..., for example: schemes trained 3 5 vgg8 resnet8");
            return 2;
        }

        set_num_threads(1);
        Directory.CreateDirectory(folder);
        var output = Path.Combine(folder, "schemes.csv");
        if (!File.Exists(output))
        {
            File.WriteAllText(output, Header + "\n");
        }

        foreach (var argument in networks)
        {
            var parts = argument.Split('@');
            var network = parts[0];
            for (var seed = 0L; seed < long.Parse(seeds, CultureInfo.InvariantCulture); seed++)
            {
                foreach (var (name, first, last) in Schemes.Take(int.Parse(schemes, CultureInfo.InvariantCulture)))
                {
                    Train(folder, output, network, parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : seed, seed, name, first, last);
                }
            }
        }

        return 0;
    }

    private static void Train(string folder, string output, string network, long baselineSeed, long seed, string scheme, double first, double last)
    {
        var workload = Workload.Open($"{network}/shapes32");
        var layers = workload.Layers.Count;
        int[] bits = [.. Enumerable.Range(0, layers).Select(k => Level(first + ((last - first) * k / (layers - 1.0))))];
        var key = $"{network},{scheme},{string.Concat(bits)},{seed},";
        if (File.ReadLines(output).Any(line => line.StartsWith(key, StringComparison.Ordinal)))
        {
            return;
        }

        var (baseline, accuracy) = Baseline(folder, workload, baselineSeed);
        using var run = TrainingRun.FineTuning(workload.Problem, workload.FineTuning, bits, QuantizerOptions.Default, seed, CPU);
        using (var file = SafetensorsFile.Open(baseline))
        {
            run.LoadWeights(file, baseline);
        }

        var tests = new List<double>();
        foreach (var epochs in Epochs)
        {
            while (run.Epochs < epochs)
            {
                run.TrainEpoch(null, CancellationToken.None);
            }

            tests.Add(run.Evaluate(Split.Test));
        }

        var (block, multiplier) = (QuantizerOptions.Default.BlockSize, 8L * PackedSize.MultiplierBytes(QuantizerOptions.Default.Multipliers));
        var size = run.Network.Convolutions.Select(c => c.Layer.Weight.shape).Zip(bits, (shape, b) => (PackedSize.Count(shape) * b) + (multiplier * PackedSize.Blocks(shape, block))).Sum();
        var line = FormattableString.Invariant($"{key}{size},{100 * accuracy:F2},{string.Join(',', tests.Select(t => (100 * t).ToString("F2", CultureInfo.InvariantCulture)))}");
        File.AppendAllText(output, line + "\n");
        Console.Error.WriteLine(line);
    }

    // Bits of a curve's height, as a search has them (thesis ch. 3.2): round-half-up(clamp(8 p + 1, 1, 8)).
    private static int Level(double p) => (int)Math.Floor(Math.Clamp((8 * p) + 1, 1, 8) + 0.5);

    private static (string File, double Accuracy) Baseline(string folder, Workload workload, long seed)
    {
        var path = Path.Combine(folder, $"{workload.Network}-seed{seed}.safetensors");
        using var run = TrainingRun.FromScratch(workload.Problem, workload.Baseline, seed, CPU);
        if (File.Exists(path))
        {
            using var file = SafetensorsFile.Open(path);
            run.Resume(file, path);
        }

        while (run.Epochs < workload.Baseline.Epochs)
        {
            run.TrainEpoch(null, CancellationToken.None);
            using (var stream = File.Create(path + ".part"))
            {
                run.Save(stream);
            }

            File.Move(path + ".part", path, overwrite: true);
        }

        return (path, run.Evaluate(Split.Test));
    }
}
