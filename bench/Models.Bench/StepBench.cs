using System.Text.Json;
using Bitcurve.Models.Quantization;
using TorchSharp;

namespace Bitcurve.Models.Bench;

/// <summary>
/// The quantisation-aware step (4 bits in every layer) against the FP32 step of the same network and batch, in turn within one process:
/// with weights and activations quantised, and with weights alone. Target: at most 1.5.
/// </summary>
public static class StepBench
{
    private const int Bits = 4;
    private static readonly TimeSpan PerNetwork = TimeSpan.FromSeconds(15);
    private static readonly (string Network, int BatchSize)[] Cases =
        [("vgg16", 64), ("resnet18-cifar", 64), ("vgg8", 64), ("resnet8", 64), ("resnet20", 128)];

    /// <param name="arguments">Thread counts as <c>1,2</c> (default), then networks (default all).</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        int[] threadCounts = arguments.Count > 0 ? [.. arguments[0].Split(',').Select(int.Parse)] : [1, 2];
        var chosen = Cases.Where(c => arguments.Count < 2 || arguments.Skip(1).Contains(c.Network)).ToList();
        Console.WriteLine($"libtorch {torch.__version__}; milliseconds per step: median (min-max); ratios to FP32: of medians, of minima, of processor time");
        Console.WriteLine();
        Console.WriteLine("| network | batch | threads | FP32 | weights | weights + activations | ratio weights | ratio both | rounds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var records = threadCounts.SelectMany(threads => chosen.Select(c => Measure(c.Network, c.BatchSize, threads))).ToList();
        Console.WriteLine();
        records.ForEach(Console.WriteLine);
        return 0;
    }

    private static string Measure(string network, int batchSize, int threads)
    {
        torch.set_num_threads(threads);
        using var plain = new TrainedNetwork(network, batchSize, null, QuantizerOptions.Default);
        using var weights = new TrainedNetwork(network, batchSize, Bits, QuantizerOptions.Default with { QuantizeActivations = false });
        using var both = new TrainedNetwork(network, batchSize, Bits, QuantizerOptions.Default);
        var times = Interleaved.Measure(
            [("fp32", () => plain.Step()), ("weights", () => weights.Step()), ("both", () => both.Step())], PerNetwork);
        var reference = times[0];
        Ratios[] ratios = [.. times.Skip(1).Select(t => t.To(reference))];
        Console.WriteLine(
            $"| {network} | {batchSize} | {threads} | {string.Join(" | ", times)} | {string.Join<Ratios>(" | ", ratios)} | {reference.Repetitions.Count} |");
        return JsonSerializer.Serialize(new
        {
            bench = "step",
            network,
            batchSize,
            threads,
            bits = Bits,
            rounds = reference.Repetitions.Count,
            milliseconds = times.ToDictionary(t => t.Name, t => new { t.Median, t.Min, t.Max, t.MedianProcessor }),
            ratio = times.Skip(1).ToDictionary(t => t.Name, t => t.To(reference)),
        });
    }
}
