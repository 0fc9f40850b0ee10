using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Series;

/// <summary>What a series scheme needs to know of a convolution: the shape of its kernel and how far its patches are apart.</summary>
/// <param name="Layer">The layer's name, for messages.</param>
/// <param name="Outputs">O: output channels.</param>
/// <param name="Channels">C: input channels per group.</param>
/// <param name="Extents">k1, k2 ..: the kernel's extents, outermost axis first.</param>
/// <param name="Strides">One per axis.</param>
public sealed record KernelGeometry(string Layer, int Outputs, int Channels, IReadOnlyList<int> Extents, IReadOnlyList<int> Strides)
{
    /// <summary>
    /// Whether a series may replace the kernel: along some axis it is at least 3 long and longer than the stride, so that patches overlap.
    /// 1x1 convolutions and those that cut their input into separate patches (2x2 with stride 2, 4x4 with stride 4) are left alone.
    /// </summary>
    public bool IsCompressible => Convolution.CanBeSeries(Extents, Strides);

    /// <summary>Of a convolution in its network.</summary>
    public static KernelGeometry Of(PlacedBlock layer)
    {
        var convolution = (Convolution)layer.Block;
        return new(layer.Path, convolution.Outputs, layer.InputsPerGroup, convolution.Kernel, convolution.Stride);
    }

    /// <summary>O x C x k1 x k2 ...</summary>
    public long WeightCount => CoefficientCount(Extents);

    /// <summary>O x C x h1 x h2 ...</summary>
    public long CoefficientCount(IReadOnlyList<int> harmonics) => harmonics.Aggregate((long)Outputs * Channels, (product, count) => product * count);
}
