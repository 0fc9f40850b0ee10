using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>
/// Draws the share of active positions towards a budget (Verelst and Tuytelaars 2020, section 3.3): the squared distance of the network's share from
/// the budget, and bounds on each block, tight at first so that no block dies or takes all, and gone at the end.
/// </summary>
public static class SparsityLoss
{
    /// <param name="densities">d_b: each block's share of active positions, one element in [0,1].</param>
    /// <param name="budget">theta in [0,1].</param>
    /// <param name="progress">Part of the training that is over, in [0,1]: the bounds' weight p falls from 1 to 0 as half a cosine.</param>
    /// <returns>(mean d - theta)^2 + mean over b of max(0, p theta - d_b)^2 + max(0, d_b - 1 + p (1 - theta))^2.</returns>
    /// <exception cref="ArgumentException">No block, or budget or progress outside [0,1].</exception>
    public static Tensor Of(IReadOnlyList<Tensor> densities, double budget, double progress)
    {
        Check(densities.Count, budget, progress);
        using var scope = NewDisposeScope();
        var each = stack(densities.Select(density => density.reshape(1)));
        var weight = (1 + Math.Cos(Math.PI * progress)) / 2;
        var below = ((each * -1) + (weight * budget)).relu().square();
        var above = (each - (1 - (weight * (1 - budget)))).relu().square();
        return ((each.mean() - budget).square() + (below + above).mean()).MoveToOuterDisposeScope();
    }

    private static void Check(int blocks, double budget, double progress)
    {
        if (blocks == 0)
        {
            throw new ArgumentException("sparsity loss: expected at least one block, actual none");
        }

        if (budget is not (>= 0 and <= 1) || progress is not (>= 0 and <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"sparsity loss: expected budget and progress in [0,1], actual {budget} and {progress}"));
        }
    }
}
