using System.Text.Json;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// Quantise + dequantise of all convolution weights of a network, and decoding them from a packed file, against a memory copy of the same FP32 bytes, in
/// turn within one process: at 4 bits, and with the bits falling from 8 to 1 along the layers.
/// </summary>
public static class QuantizeBench
{
    private const int Classes = 10;
    private static readonly TimeSpan PerNetwork = TimeSpan.FromSeconds(15);

    /// <param name="arguments">Thread counts as <c>1,2</c> (default), then networks (default <c>resnet50</c> and <c>vgg16</c>, where there are).</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        int[] threadCounts = arguments.Count > 0 ? [.. arguments[0].Split(',').Select(int.Parse)] : [1, 2];
        string[] networks = arguments.Count > 1 ? [.. arguments.Skip(1)] : [.. NetworkCatalogue.Names.Where(name => name is "resnet50" or "vgg16")];
        Console.WriteLine($"libtorch {__version__}; milliseconds over all convolutions: median (min-max) [ratios to the copy: of medians, of minima, of processor time]");
        Console.WriteLine();
        Console.WriteLine("| network | MB | threads | copy | quantise 4 bits | quantise 8..1 | decode 4 bits | decode 8..1 | rounds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var records = threadCounts.SelectMany(threads => networks.Select(network => Measure(network, threads))).ToList();
        Console.WriteLine();
        records.ForEach(Console.WriteLine);
        return 0;
    }

    private static string Measure(string name, int threads)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = NetworkCatalogue.Create(name, Classes);
        Tensor[] weights = [.. network.Convolutions.Select(c => c.Layer.Weight)];
        Tensor[] copies = [.. weights.Select(weight => weight.clone())];
        var count = weights.Length;
        int[] uniform = [.. Enumerable.Repeat(4, count)];
        int[] falling = [.. Enumerable.Range(0, count).Select(k => 8 - (k * 8 / count))];
        var times = Interleaved.Measure(
            [
                ("copy", () => Copy(weights, copies)),
                ("quantise 4", () => Quantize(weights, uniform)),
                ("quantise 8..1", () => Quantize(weights, falling)),
                ("decode 4", Decoding(network, name, uniform, weights)),
                ("decode 8..1", Decoding(network, name, falling, weights)),
            ],
            PerNetwork);
        var (reference, megabytes) = (times[0], weights.Sum(weight => weight.numel()) * 4e-6);
        Ratios[] ratios = [.. times.Select(t => t.To(reference))];
        var cells = times.Skip(1).Zip(ratios.Skip(1), (t, ratio) => FormattableString.Invariant($"{t} [{ratio}]"));
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {megabytes:F1} | {threads} | {reference} | {string.Join(" | ", cells)} | {reference.Repetitions.Count} |"));
        return JsonSerializer.Serialize(new
        {
            bench = "quantize",
            network = name,
            threads,
            megabytes,
            rounds = reference.Repetitions.Count,
            milliseconds = times.ToDictionary(t => t.Name, t => new { t.Median, t.Min, t.Max, t.MedianProcessor }),
            ratio = times.Zip(ratios).Skip(1).ToDictionary(pair => pair.First.Name, pair => pair.Second),
        });
    }

    private static void Copy(Tensor[] weights, Tensor[] copies)
    {
        foreach (var (weight, copy) in weights.Zip(copies))
        {
            copy.copy_(weight);
        }
    }

    private static void Quantize(Tensor[] weights, int[] bits)
    {
        foreach (var (weight, width) in weights.Zip(bits))
        {
            DsConv.Quantize(weight, width, QuantizerOptions.Default).Dispose();
        }
    }

    private static Action Decoding(BlueprintNetwork network, string name, int[] bits, Tensor[] weights)
    {
        using var stream = new MemoryStream();
        PackedModel.Write(stream, network, bits, QuantizerOptions.Default, new PackedModelInfo
        {
            Network = name,
            Workload = name,
            InputShape = [3, 32, 32],
            Normalization = new Normalization([0, 0, 0], [1, 1, 1]),
            ClassNames = [.. Enumerable.Range(0, Classes).Select(k => $"{k}")],
        });
        var model = PackedModel.Open(stream, name);
        float[][] values = [.. weights.Select(weight => new float[weight.numel()])];
        return () =>
        {
            for (var k = 0; k < values.Length; k++)
            {
                model.Decode(k, values[k]);
            }
        };
    }
}
