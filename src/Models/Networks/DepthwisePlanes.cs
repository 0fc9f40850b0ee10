using TorchSharp;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// Depthwise convolution over three axes as one over two axes per plane of its kernels. Where libtorch has no kernel for the former it takes longer
/// than a full convolution of the same size, although it has a fraction of its products; for the latter it has one.
/// </summary>
internal static class DepthwisePlanes
{
    /// <summary>Whether a convolution is one of these: each channel by itself, as many planes out as in.</summary>
    /// <param name="x">N x C x D x H x W.</param>
    /// <param name="kernels">O x C / groups x kernel.</param>
    /// <param name="stride">Along D, H, W.</param>
    /// <param name="padding">Along D, H, W.</param>
    /// <param name="groups">Of channels.</param>
    internal static bool Fit(Tensor x, Tensor kernels, long[] stride, long[] padding, long groups)
    {
        var shape = kernels.shape;
        return shape.Length == 5 && groups > 1 && shape[0] == groups && shape[1] == 1
            && stride[0] == 1 && shape[2] == (2 * padding[0]) + 1
            && x.device.type == DeviceType.CPU && x.dtype == ScalarType.Float32;
    }

    /// <summary>The convolution; arguments that <see cref="Fit"/>.</summary>
    /// <returns>N x C x D x H' x W'.</returns>
    internal static Tensor Convolve(Tensor x, Tensor kernels, Tensor? offset, long[] stride, long[] padding)
    {
        var (samples, channels, depth) = (x.shape[0], x.shape[1], x.shape[2]);

        // Channels innermost in memory: what oneDNN's depthwise kernels want.
        var planes = x.permute(0, 2, 3, 4, 1).contiguous().view(samples * depth, x.shape[3], x.shape[4], channels).permute(0, 3, 1, 2);
        Tensor? sum = null;
        for (var k = 0; k < kernels.shape[2]; k++)
        {
            // The plane of the kernels in the middle meets every plane of x once: it brings the offset.
            var away = padding[0] - k;
            var part = nn.functional.conv2d(planes, kernels.narrow(2, k, 1).squeeze(2), away == 0 ? offset : null, stride[1..], padding[1..], groups: channels);
            var placed = part.view(samples, depth, channels, part.shape[2], part.shape[3]);
            placed = away == 0 ? placed : nn.functional.pad(placed, [0, 0, 0, 0, 0, 0, away, -away]);
            sum = sum is null ? placed : sum + placed;
        }

        return sum!.transpose(1, 2).contiguous();
    }
}
