using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Dynamic;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// Sparse inference of a dynamic residual block against the masked dense evaluation of the same block, input and mask, in turn within one process;
/// with masks of scattered positions, whose neighbourhoods cover nearly everything, and of one disc per image, as objects have them.
/// </summary>
public static class DynamicBench
{
    private const long Seed = 1;
    private static readonly TimeSpan PerCase = TimeSpan.FromSeconds(1);
    private static readonly double[] Densities = [0.1, 0.25, 0.5, 0.75, 1];
    private static readonly (string Body, int Channels, int Size, int Images)[] Cases =
        [("3x3, 3x3", 32, 12, 16), ("3x3, 3x3", 64, 28, 8), ("3x3, 3x3", 128, 14, 16), ("3x3, 3x3", 256, 14, 8), ("1x1, 3x3, 1x1", 256, 14, 16)];

    /// <param name="arguments">Threads, default 1.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var threads = arguments.Count > 0 ? int.Parse(arguments[0]) : 1;
        set_num_threads(threads);
        Console.WriteLine($"libtorch {__version__}, {threads} thread(s); milliseconds: median (min-max); ratios sparse to masked dense: of medians, of minima, of processor time");
        Console.WriteLine();
        Console.WriteLine("| body | channels | positions | images | mask | density | dilated | masked dense | sparse | ratio | difference | rounds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (body, channels, size, images) in Cases)
        {
            foreach (var (mask, isDisc) in new[] { ("disc", true), ("scattered", false) })
            {
                foreach (var density in Densities)
                {
                    Console.WriteLine(FormattableString.Invariant($"| {body} | {channels} | {size}x{size} | {images} | {mask} | {density} | {Measured(body, channels, size, images, isDisc, density)} |"));
                }
            }
        }

        return 0;
    }

    private static string Measured(string body, int channels, int size, int images, bool isDisc, double density)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(Seed);
        using var block = new DynamicResidualBlock(channels, body.StartsWith('1') ? DynamicLayer.Bottleneck(channels, channels / 4) : DynamicLayer.Basic(channels));
        block.eval();
        var x = randn([images, size, size, channels]).permute(0, 3, 1, 2); // channels innermost in memory
        var mask = Mask(size, images, isDisc, density);
        var dilated = nn.functional.max_pool2d(mask, [3, 3], [1, 1], [1, 1]).mean().item<float>();
        var difference = (block.Sparse(x, mask) - block.MaskedDense(x, mask)).abs().max().item<float>();
        var times = Interleaved.Measure([("dense", () => block.MaskedDense(x, mask).Dispose()), ("sparse", () => block.Sparse(x, mask).Dispose())], PerCase);
        return FormattableString.Invariant($"{dilated:F2} | {times[0]} | {times[1]} | {times[1].To(times[0])} | {difference:0.0e+0} | {times[0].Repetitions.Count}");
    }

    // The same number of active positions in each image: the nearest to a random place, or any.
    private static Tensor Mask(int size, int images, bool isDisc, double density)
    {
        var values = new float[images * size * size];
        for (var image = 0; image < images; image++)
        {
            var random = new KeyedRandom(Seed, image);
            var (y, x) = (random.NextUniform(0.3, 0.7) * size, random.NextUniform(0.3, 0.7) * size);
            int[] order = [.. Enumerable.Range(0, size * size)];
            random.Shuffle(order);
            if (isDisc)
            {
                order = [.. order.OrderBy(p => Math.Pow((p / size) - y, 2) + Math.Pow((p % size) - x, 2))];
            }

            foreach (var position in order.Take((int)Math.Round(density * size * size)))
            {
                values[(image * size * size) + position] = 1;
            }
        }

        return tensor(values, [images, 1, size, size]);
    }
}
