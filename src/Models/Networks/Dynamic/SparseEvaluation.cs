using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>
/// Evaluates a masked residual block on active positions only (seed 001, section 2.3): copies what they need to dense tensors, one row per position
/// of any image, computes there, and copies the result back. A 3x3 convolution needs its input on the dilated set, so the layers' positions
/// are worked out from the last to the first.
/// </summary>
internal static class SparseEvaluation
{
    /// <summary>What the blocks' batch norms add to the variance.</summary>
    internal const double NormEpsilon = 1e-5;

    /// <param name="input">N x C x H x W; channels innermost in memory is fastest.</param>
    /// <param name="mask">N x 1 x H x W of zeros and ones.</param>
    /// <param name="body">Convolutions of 1x1 or 3x3, stride 1, and the batch norm after each; ReLU between them.</param>
    /// <returns>relu(body(input) mask + input). Carries no gradient.</returns>
    internal static Tensor Run(Tensor input, Tensor mask, IReadOnlyList<(QuantizableConvolution Convolution, BatchNorm2d Norm)> body)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var (images, channels, height, width) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        var all = input.permute(0, 2, 3, 1).contiguous().view(-1, channels); // N H W x C
        var result = all.relu();
        var active = new PositionSet(mask);
        if (active.Count > 0)
        {
            var added = Body(all, active, body).narrow(0, 0, active.Count);
            result.index_copy_(0, active.Positions, (all.index_select(0, active.Positions) + added).clamp_(min: 0));
        }

        return result.view(images, height, width, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    // Rows of the active positions, and more rows without meaning.
    private static Tensor Body(Tensor all, PositionSet active, IReadOnlyList<(QuantizableConvolution Convolution, BatchNorm2d Norm)> body)
    {
        // needed[k]: where layer k reads; needed[k + 1]: where it writes.
        var needed = new PositionSet[body.Count + 1];
        needed[^1] = active;
        for (var k = body.Count - 1; k >= 0; k--)
        {
            needed[k] = IsPointwise(body[k].Convolution) ? needed[k + 1] : needed[k + 1].Dilated();
        }

        var rows = needed[0].Gather(all);
        for (var k = 0; k < body.Count; k++)
        {
            rows = Layer(rows, needed[k], needed[k + 1], body[k].Convolution, body[k].Norm);
            if (k < body.Count - 1)
            {
                rows.clamp_(min: 0);
            }
        }

        return rows;
    }

    // From the rows of one set to those of another.
    private static Tensor Layer(Tensor rows, PositionSet from, PositionSet to, QuantizableConvolution convolution, BatchNorm2d norm)
    {
        from.ClearPadding(rows);
        var x = convolution.QuantizedInput(rows);
        var patches = IsPointwise(convolution) ? x : x.index_select(0, to.Neighbours(from)).view(to.PaddedCount, -1); // R x 9 C, channels innermost
        var kernels = convolution.Kernels();
        var matrix = kernels.permute(0, 2, 3, 1).reshape(kernels.shape[0], -1); // O x 9 C
        var product = Product(PointwiseProduct.Groups(patches), matrix, convolution.Precision).reshape(to.PaddedCount, -1);

        // Batch norm of evaluation: one factor and one offset per channel.
        var factor = norm.weight! / (norm.running_var! + NormEpsilon).sqrt();
        var mean = convolution.Bias is null ? norm.running_mean! : norm.running_mean! - convolution.Bias;
        return product.mul_(factor).add_(norm.bias! - (mean * factor));
    }

    private static Tensor Product(Tensor rows, Tensor matrix, ComputePrecision precision) => precision == ComputePrecision.Bf16
        ? PointwiseProduct.Of(rows.to_type(ScalarType.BFloat16), matrix.to_type(ScalarType.BFloat16)).to_type(ScalarType.Float32)
        : PointwiseProduct.Of(rows, matrix);

    private static bool IsPointwise(QuantizableConvolution convolution) => convolution.Extent == 1;
}
