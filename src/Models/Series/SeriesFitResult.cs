using static TorchSharp.torch;

namespace Bitcurve.Models.Series;

/// <summary>A layer's coefficients and how well they give back its weights.</summary>
/// <param name="Coefficients">O x C x h1 x h2 .., channels innermost in memory; the receiver's to dispose.</param>
/// <param name="MeanSquaredError">Eq. 5 of thesis ch. 4, averaged over the layer's filters; in squared units of the weights.</param>
/// <param name="RelativeError">|w - w^| / |w|, Euclidean norms over the whole layer, at least 0; infinite only where an all-zero weight was missed.</param>
public sealed record SeriesFitResult(Tensor Coefficients, double MeanSquaredError, double RelativeError)
{
    /// <exception cref="ArgumentException">The weight holds values that are not finite.</exception>
    internal static SeriesFitResult Measure(SeriesExpansion expansion, Tensor weight, Tensor coefficients)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var expected = weight.detach().to_type(ScalarType.Float64);
        var squaredError = MeanSquare(expected - expansion.Expand(coefficients).to_type(ScalarType.Float64));
        var energy = MeanSquare(expected);
        if (!double.IsFinite(energy))
        {
            throw new ArgumentException($"weight: expected finite values, got a mean square of {energy}", nameof(weight));
        }

        var relative = squaredError == 0 ? 0 : Math.Sqrt(squaredError / energy);
        return new SeriesFitResult(coefficients, squaredError, relative);
    }

    private static double MeanSquare(Tensor values) => (values * values).mean().item<double>();
}
