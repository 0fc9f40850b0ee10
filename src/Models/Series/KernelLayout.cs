using static TorchSharp.torch;

namespace Bitcurve.Models.Series;

/// <summary>Kernels as rows of channels and back; neither direction copies when the channels are innermost in memory.</summary>
internal static class KernelLayout
{
    /// <summary>O x C x e1 x e2 .. to O x E x C, E = the product of the extents, the last axis innermost.</summary>
    internal static Tensor Rows(Tensor kernels)
    {
        var shape = kernels.shape;
        var channelsLast = kernels.permute([0, .. Enumerable.Range(2, shape.Length - 2), 1]); // O x e1 x e2 .. x C
        return channelsLast.reshape(shape[0], shape.Skip(2).Aggregate(1L, (product, extent) => product * extent), shape[1]);
    }

    /// <summary>O x E x C to O x C x e1 x e2 .., with the channels innermost in memory, as convolutions and quantiser want them.</summary>
    internal static Tensor Kernels(Tensor rows, IReadOnlyList<int> extents)
    {
        var shape = rows.shape;
        var channelsLast = rows.view([shape[0], .. extents.Select(extent => (long)extent), shape[2]]); // O x e1 x e2 .. x C
        return channelsLast.permute([0, extents.Count + 1, .. Enumerable.Range(1, extents.Count)]);
    }
}
