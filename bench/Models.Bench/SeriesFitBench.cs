using System.Globalization;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>How near series come to random and to smooth kernels, by the closed form and by the thesis's gradient descent.</summary>
public static class SeriesFitBench
{
    private const int Filters = 64;

    public static int Run()
    {
        set_num_threads(1);
        Console.WriteLine("relative error |w - w^| / |w| of 64 x 64 filters: closed form, gradient descent");
        Console.WriteLine();
        Console.WriteLine("| kernel | harmonics | filters | cosine | Chebyshev |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (extent, harmonics) in ((int, int)[])[(3, 2), (7, 4), (7, 6), (7, 7)])
        {
            foreach (var isSmooth in (bool[])[false, true])
            {
                manual_seed(1);
                using var scope = NewDisposeScope();
                using var recording = no_grad();
                var drawn = randn([Filters, Filters, extent, extent]);
                var weight = isSmooth ? Blurred(drawn, extent) : drawn;
                Console.WriteLine($"| {extent}x{extent} | {harmonics} | {(isSmooth ? "blurred, deviation 1.5" : "random")} | {Errors(SeriesKind.Cosine, harmonics, extent, weight)} | {Errors(SeriesKind.Chebyshev, harmonics, extent, weight)} |");
            }
        }

        return 0;
    }

    private static string Errors(SeriesKind kind, int harmonics, int extent, Tensor weight)
    {
        using var expansion = new SeriesExpansion(kind, [harmonics, harmonics], [extent, extent]);
        var closed = SeriesFit.ClosedForm(expansion, weight);
        var descended = SeriesFit.GradientFit(expansion, weight, SeriesFitOptions.Default);
        return string.Create(CultureInfo.InvariantCulture, $"{closed.RelativeError:G4}, {descended.RelativeError:G4}");
    }

    // Each axis by a Gaussian over its positions.
    private static Tensor Blurred(Tensor weight, int extent)
    {
        const double deviation = 1.5;
        var blur = new float[extent * extent];
        for (var k = 0; k < blur.Length; k++)
        {
            var distance = (k / extent) - (k % extent);
            blur[k] = (float)Math.Exp(-distance * distance / (2 * deviation * deviation));
        }

        var matrix = tensor(blur, [1, extent, extent]).expand(weight.numel() / extent / extent, extent, extent);
        var flat = weight.reshape(-1, extent, extent);
        return matrix.bmm(flat).bmm(matrix).reshape(weight.shape);
    }
}
