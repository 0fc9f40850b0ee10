using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>A convolution of a dynamic block's body, which batch norm follows; stride 1, zeros beyond the edge.</summary>
/// <param name="Outputs">O.</param>
/// <param name="Kernel">Extent of the kernel on both axes, 1 or 3.</param>
public sealed record DynamicLayer(int Outputs, int Kernel)
{
    /// <summary>Two 3x3 convolutions (He et al. 2016).</summary>
    public static IReadOnlyList<DynamicLayer> Basic(int channels) => [new(channels, 3), new(channels, 3)];

    /// <summary>1x1 to fewer channels, 3x3, 1x1 back (He et al. 2016): only the first is computed beyond the active positions.</summary>
    public static IReadOnlyList<DynamicLayer> Bottleneck(int channels, int inner) => [new(inner, 1), new(inner, 3), new(channels, 1)];

    internal Convolution Convolution => Block.Conv2d(Outputs, Kernel, padding: Kernel / 2);

    /// <summary>Checks that the layers make a residual block's body.</summary>
    /// <exception cref="ArgumentException">No layer, another kernel than 1 or 3, or another number of outputs than the input has channels.</exception>
    internal static void Check(int channels, IReadOnlyList<DynamicLayer> layers)
    {
        if (layers.Count == 0 || layers[^1].Outputs != channels)
        {
            throw new ArgumentException($"dynamic block: expected a last layer of {channels} outputs, actual {(layers.Count == 0 ? "no layer" : layers[^1].Outputs)}", nameof(layers));
        }

        if (layers.FirstOrDefault(layer => layer.Kernel is not (1 or 3)) is { } other)
        {
            throw new ArgumentException($"dynamic block: expected kernels of 1 or 3, actual {other.Kernel}", nameof(layers));
        }
    }
}
