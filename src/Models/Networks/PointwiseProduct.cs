using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// Rows times a matrix, computed as a 1x1 convolution: oneDNN does it at the speed of any convolution, whereas the linear layer of a libtorch
/// linked against the reference BLAS (Debian's) takes some thirty times as long.
/// </summary>
internal static class PointwiseProduct
{
    /// <summary>Rows per group that <see cref="Groups"/> makes.</summary>
    internal const int GroupSize = 8;

    /// <summary>On one thread libtorch sends 1x1 convolutions of fewer images than this past oneDNN.</summary>
    internal const int FewestGroups = 16;

    /// <param name="rows">G x W x C, contiguous; fast from 16 groups on.</param>
    /// <param name="matrix">O x C.</param>
    /// <param name="offset">O, or null.</param>
    /// <returns>G x W x O: rows matrix^T + offset.</returns>
    internal static Tensor Of(Tensor rows, Tensor matrix, Tensor? offset = null)
    {
        using var scope = NewDisposeScope();
        var image = rows.unsqueeze(1).permute(0, 3, 1, 2); // G x C x 1 x W
        var kernel = matrix.reshape(matrix.shape[0], matrix.shape[1], 1, 1);
        return nn.functional.conv2d(image, kernel, offset).permute(0, 2, 3, 1).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The least number of rows, no fewer than <paramref name="count"/>, that makes enough whole groups.</summary>
    internal static long Padded(long count) => Math.Max(FewestGroups, (count + GroupSize - 1) / GroupSize) * GroupSize;

    /// <summary>R x C as G x 8 x C; R from <see cref="Padded"/>.</summary>
    internal static Tensor Groups(Tensor rows) => rows.view(-1, GroupSize, rows.shape[1]);
}
