using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>First values that are not drawn.</summary>
internal static class ZeroStart
{
    /// <summary>Makes a layer answer zero: the last of a residual branch, so that the block starts as its shortcut.</summary>
    internal static void Of(Linear layer) => To(layer, bias: 0);

    /// <summary>Makes a layer answer the same constant whatever its input.</summary>
    internal static void To(Linear layer, double bias)
    {
        using var recording = no_grad();
        layer.weight.zero_();
        layer.bias!.zero_().add_(bias);
    }
}
