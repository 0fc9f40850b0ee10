using Bitcurve.Models.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Series;

/// <summary>Finds the series coefficients of trained weights, each filter by itself (thesis ch. 4, section 3.4).</summary>
public static class SeriesFit
{
    // PyTorch's default; TorchSharp's differs (0.99).
    private const double Beta2 = 0.999;

    /// <summary>The least-squares solution, the minimum of eq. 5.</summary>
    /// <param name="expansion">The layer's series.</param>
    /// <param name="weight">O x C x k1 x k2 .., on any device; stays the caller's.</param>
    /// <exception cref="ArgumentException">The shape differs from the series', or a weight is not finite.</exception>
    public static SeriesFitResult ClosedForm(SeriesExpansion expansion, Tensor weight)
    {
        using var scope = NewDisposeScope();
        return Measured(expansion, weight, expansion.Project(weight));
    }

    /// <summary>Descends eq. 5, 1/K sum (w - w^)^2 per filter, with Adam (beta 0.9 and 0.999), as the thesis does.</summary>
    /// <param name="expansion">The layer's series.</param>
    /// <param name="weight">O x C x k1 x k2 .., on any device; stays the caller's.</param>
    /// <param name="options">Start, learning rates, steps.</param>
    /// <param name="layer">The layer's index: with the seed, the key of a random start.</param>
    /// <exception cref="ArgumentException">The shape differs from the series', a weight is not finite, or an option is out of range.</exception>
    public static SeriesFitResult GradientFit(SeriesExpansion expansion, Tensor weight, SeriesFitOptions options, long layer = 0)
    {
        options.Check();
        using var scope = NewDisposeScope();
        var (gram, moments) = expansion.NormalEquations(weight);
        var coefficients = new Parameter(KernelLayout.Rows(Start(expansion, weight, options, layer)).contiguous()); // O x H x C
        using (var adam = optim.Adam([coefficients], beta2: Beta2))
        {
            foreach (var rate in options.LearningRates)
            {
                adam.ParamGroups.Single().LearningRate = rate;
                for (var step = 0; step < options.StepsPerRate; step++)
                {
                    using var stepScope = NewDisposeScope();
                    coefficients.grad = Gradient(expansion, gram, moments, coefficients);
                    adam.step();
                }
            }
        }

        return Measured(expansion, weight, KernelLayout.Kernels(coefficients.detach(), expansion.Harmonics));
    }

    /// <summary>The coefficients that <see cref="GradientFit"/> starts from, O x C x h1 x h2 .., single precision.</summary>
    internal static Tensor Start(SeriesExpansion expansion, Tensor weight, SeriesFitOptions options, long layer)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var start = (options.Start, expansion.Kind) switch
        {
            (SeriesFitStart.ClosedForm, _) => expansion.Project(weight).to_type(ScalarType.Float32),
            (_, SeriesKind.Cosine) => RandomStart(expansion, weight, new KeyedRandom(options.Seed, layer)),
            _ => MeanStart(expansion, weight),
        };
        return start.MoveToOuterDisposeScope();
    }

    // The gradient of a sum of eq. 5 over the filters, in closed form: cheaper than expanding to K positions and back at every step.
    private static Tensor Gradient(SeriesExpansion expansion, Tensor gram, Tensor moments, Tensor coefficients)
    {
        using var recording = no_grad();
        return (SeriesExpansion.Product(gram, coefficients) - moments).mul_(2.0 / expansion.PositionCount);
    }

    private static Tensor RandomStart(SeriesExpansion expansion, Tensor weight, KeyedRandom random)
    {
        var (outputs, channels) = (weight.shape[0], weight.shape[1]);
        var deviation = 1 / Math.Sqrt((double)channels * expansion.PositionCount);
        var drawn = new float[outputs * channels * expansion.CoefficientCount];
        for (var k = 0; k < drawn.Length; k++)
        {
            drawn[k] = (float)(deviation * random.NextNormal());
        }

        return tensor(drawn, [outputs, channels, .. expansion.Harmonics.Select(count => (long)count)], device: weight.device);
    }

    private static Tensor MeanStart(SeriesExpansion expansion, Tensor weight)
    {
        var rows = KernelLayout.Rows(weight.detach()).to_type(ScalarType.Float32); // O x K x C
        var start = zeros([rows.shape[0], expansion.CoefficientCount, rows.shape[2]], device: weight.device);
        start.narrow(1, 0, 1).copy_(rows.mean([1], keepdim: true));
        return KernelLayout.Kernels(start, expansion.Harmonics);
    }

    private static SeriesFitResult Measured(SeriesExpansion expansion, Tensor weight, Tensor coefficients)
    {
        var result = SeriesFitResult.Measure(expansion, weight, coefficients);
        result.Coefficients.MoveToOuterDisposeScope();
        return result;
    }
}
