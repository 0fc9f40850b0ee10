using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>x W^T + b for many rows, by <see cref="PointwiseProduct"/>.</summary>
internal static class RowLinear
{
    /// <summary>N x inputs to N x outputs.</summary>
    internal static Tensor OverRows(this Linear layer, Tensor rows)
    {
        var (count, inputs) = (rows.shape[0], rows.shape[1]);
        if (count % PointwiseProduct.FewestGroups != 0)
        {
            return layer.call(rows);
        }

        var product = PointwiseProduct.Of(rows.reshape(PointwiseProduct.FewestGroups, -1, inputs), layer.weight, layer.bias);
        return product.reshape(count, layer.weight.shape[0]);
    }
}
