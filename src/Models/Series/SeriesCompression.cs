using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Series;

/// <summary>How the coefficients of a network's series are found.</summary>
public enum SeriesFitMethod
{
    /// <summary>Least squares in closed form.</summary>
    ClosedForm,

    /// <summary>Gradient descent with Adam, as the thesis does (ch. 4, section 3.4).</summary>
    Gradient,
}

/// <summary>A layer's fit.</summary>
/// <param name="Layer">Module path.</param>
/// <param name="Weights">Numbers before.</param>
/// <param name="Coefficients">Numbers after.</param>
/// <param name="MeanSquaredError">Eq. 5 of thesis ch. 4.</param>
/// <param name="RelativeError">|w - w^| / |w| over the layer.</param>
public sealed record FittedLayer(string Layer, long Weights, long Coefficients, double MeanSquaredError, double RelativeError);

/// <summary>Gives a network whose layers are series the nearest weights to those of the same network with full kernels.</summary>
public static class SeriesCompression
{
    /// <summary>Copies all tensors; where <paramref name="target"/> has a series, its coefficients are fitted to the kernels.</summary>
    /// <param name="source">Full kernels; unchanged.</param>
    /// <param name="target">The same network with series in some layers.</param>
    /// <param name="method">How to fit.</param>
    /// <returns>The layers that were fitted, in module order.</returns>
    /// <exception cref="ArgumentException">The networks differ in more than series, or a weight is not finite.</exception>
    public static IReadOnlyList<FittedLayer> Fit(TrainableNetwork source, TrainableNetwork target, SeriesFitMethod method)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var (from, to) = (source.state_dict(), target.state_dict());
        if (!from.Keys.SequenceEqual(to.Keys))
        {
            throw new ArgumentException($"network: expected the tensors of {target.GetName()}, got those of {source.GetName()}");
        }

        var fitted = new List<FittedLayer>();
        var series = target.Convolutions.Where(c => c.Layer.Series is not null).Select(c => $"{c.Name}.weight").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, tensor) in to.Where(entry => !series.Contains(entry.Key)))
        {
            tensor.copy_(from[name]);
        }

        for (var k = 0; k < target.Convolutions.Count; k++)
        {
            if (target.Convolutions[k] is { Layer.Series: { } expansion } layer)
            {
                fitted.Add(FitLayer(source.Convolutions[k].Layer, layer, expansion, method, k));
            }
        }

        return fitted;
    }

    private static FittedLayer FitLayer(QuantizableConvolution source, (string Name, QuantizableConvolution Layer) target, SeriesExpansion expansion, SeriesFitMethod method, int index)
    {
        using var scope = NewDisposeScope();
        var result = method == SeriesFitMethod.Gradient
            ? SeriesFit.GradientFit(expansion, source.Weight, SeriesFitOptions.Default, index)
            : SeriesFit.ClosedForm(expansion, source.Weight);
        target.Layer.Weight.copy_(result.Coefficients);
        return new(target.Name, source.Weight.numel(), result.Coefficients.numel(), result.MeanSquaredError, result.RelativeError);
    }
}
