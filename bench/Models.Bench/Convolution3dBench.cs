using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// The parts of 3D convolutions of as many inputs as outputs against the standard one, in turn within one process: what the variants of seed 000
/// save in products, and what libtorch makes of it on this processor.
/// </summary>
public static class Convolution3dBench
{
    private const long Seed = 1;
    private static readonly TimeSpan PerCase = TimeSpan.FromSeconds(2);
    private static readonly (int Channels, int Extent, int Samples)[] Cases = [(16, 16, 16), (32, 8, 32), (64, 4, 32), (64, 16, 4)];

    /// <param name="arguments">Threads, default 1.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var threads = arguments.Count > 0 ? int.Parse(arguments[0]) : 1;
        set_num_threads(threads);
        Console.WriteLine($"libtorch {__version__}, {threads} thread(s), forward; milliseconds: median (min-max); ratios to standard: of medians, of minima, of processor time; products as a share of the standard's");
        Console.WriteLine();
        Console.WriteLine("| channels | extent | samples | convolution | products | time | ratio | rounds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (channels, extent, samples) in Cases)
        {
            Measure(channels, extent, samples);
        }

        return 0;
    }

    private static void Measure(int channels, int extent, int samples)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(Seed);
        var x = randn([samples, channels, extent, extent, extent]);
        (string Name, double Products, Action Call)[] parts =
        [
            ("standard 3x3x3", 1, Convolution(x, [channels, channels, 3, 3, 3], [1, 1, 1])),
            ("pseudo-3D 1x3x3", 1.0 / 3, Convolution(x, [channels, channels, 1, 3, 3], [0, 1, 1])),
            ("pseudo-3D 3x1x1", 1.0 / 9, Convolution(x, [channels, channels, 3, 1, 1], [1, 0, 0])),
            ("depthwise 3x3x3, libtorch's", 1.0 / channels, Convolution(x, [channels, 1, 3, 3, 3], [1, 1, 1], channels)),
            ("depthwise 3x3x3, by planes", 1.0 / channels, Planes(x)),
            ("pointwise 1x1x1", 1.0 / 27, Convolution(x, [channels, channels, 1, 1, 1], [0, 0, 0])),
        ];
        var times = Interleaved.Measure([.. parts.Select(part => (part.Name, part.Call))], PerCase);
        for (var k = 0; k < parts.Length; k++)
        {
            Console.WriteLine(FormattableString.Invariant($"| {channels} | {extent}^3 | {samples} | {parts[k].Name} | {parts[k].Products:0.###} | {times[k]} | {times[k].To(times[0])} | {times[k].Repetitions.Count} |"));
        }
    }

    // As the networks compute it.
    private static Action Planes(Tensor x)
    {
        var channels = (int)x.shape[1];
        var layer = new QuantizableConvolution(Block.Conv3d(channels, kernel: 3, padding: 1, groups: channels), inputsPerGroup: 1);
        return () => layer.call(x).Dispose();
    }

    private static Action Convolution(Tensor x, long[] kernel, long[] padding, long groups = 1)
    {
        var weight = randn(kernel);
        return () => nn.functional.conv3d(x, weight, padding: padding, groups: groups).Dispose();
    }
}
