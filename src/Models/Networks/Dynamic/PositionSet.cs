using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>
/// Some positions of a batch of images, in row-major order, and the rows that hold values at them: <see cref="Count"/> rows, then at least one of
/// padding, the first of which is kept at zero and stands for all other positions. Its tensors belong to the caller's dispose scope.
/// </summary>
internal sealed class PositionSet
{
    private const int Neighbourhood = 9;

    private readonly Tensor mask;
    private Tensor? framed;

    /// <param name="mask">N x 1 x H x W of zeros and ones.</param>
    internal PositionSet(Tensor mask)
    {
        this.mask = mask;
        Positions = mask.reshape(-1).nonzero().squeeze(1);
        Count = Positions.shape[0];
        PaddedCount = PointwiseProduct.Padded(Count + 1);
    }

    /// <summary>Flat indices over N x H x W, Int64.</summary>
    internal Tensor Positions { get; }

    internal long Count { get; }

    /// <summary>Rows including padding.</summary>
    internal long PaddedCount { get; }

    // Flat indices over N x (H + 2) x (W + 2), where every position has its neighbours.
    private Tensor Framed => framed ??= nn.functional.pad(mask, [1, 1, 1, 1]).reshape(-1).nonzero().squeeze(1);

    /// <summary>These positions and all that touch them, within the images.</summary>
    internal PositionSet Dilated() => new(nn.functional.max_pool2d(mask, [3, 3], [1, 1], [1, 1]));

    /// <summary>The rows at these positions out of the rows at all positions.</summary>
    internal Tensor Gather(Tensor all) => all.index_select(0, nn.functional.pad(Positions, [0, PaddedCount - Count]));

    /// <summary>Zeroes the row that stands for positions outside the set.</summary>
    internal void ClearPadding(Tensor rows) => rows.narrow(0, Count, 1).zero_();

    /// <summary>
    /// For each row of this set, padding included, the 9 rows of <paramref name="source"/> that hold its 3x3 neighbourhood, row by row; flat, Int64.
    /// </summary>
    /// <param name="source">Of the same images.</param>
    internal Tensor Neighbours(PositionSet source)
    {
        // Made outside the scope below, because they are kept.
        var (own, others) = (Framed, source.Framed);
        using var scope = NewDisposeScope();
        var (images, height, width) = (mask.shape[0], mask.shape[2] + 2, mask.shape[3] + 2);
        var rowAt = full([images * height * width], source.Count, ScalarType.Int64, mask.device)
            .index_copy_(0, others, arange(source.Count, ScalarType.Int64, mask.device));
        long[] steps = [.. from y in new long[] { -1, 0, 1 } from x in new long[] { -1, 0, 1 } select (y * width) + x];
        var around = own.unsqueeze(1) + tensor(steps, device: mask.device); // R x 9
        var rows = rowAt.index_select(0, around.reshape(-1));
        return nn.functional.pad(rows, [0, (PaddedCount - Count) * Neighbourhood], value: source.Count).MoveToOuterDisposeScope();
    }
}
