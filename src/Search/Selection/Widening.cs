using Bitcurve.Gp;
using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Selection;

/// <summary>
/// How much wider the model's intervals of the target should be. Many biased cheap measurements share one kernel with the target, which
/// makes the posterior too sure of itself; every measured network predicted from all others shows by how much.
/// </summary>
public static class Widening
{
    /// <summary>
    /// Squared standardised residual expected beforehand: nominal 90 % intervals of coregionalised models were seen to cover 65 to
    /// 85 % (method.md "What a prototype taught us"); deviations sqrt(3) times too small cover 66 %.
    /// </summary>
    private const double PriorSquare = 3;

    /// <summary>How many networks that expectation counts for.</summary>
    private const double PriorCount = 4;

    private const double Normal95 = 1.6448536269514722;

    /// <summary>
    /// sqrt((nu s + sum z^2) / (nu + N)) over the standardised residuals z of N networks at the target, at least 1; times the ratio of
    /// Student's 0.95 quantile with nu + N degrees of freedom to the normal one, because the factor itself is only estimated.
    /// </summary>
    public static double Of(IReadOnlyList<LeftOut> leftOut, int target)
    {
        double[] squares = [.. leftOut.Where(left => left.Task == target).Select(left => left.StandardizedResidual * left.StandardizedResidual)];
        var count = PriorCount + squares.Length;
        var factor = Math.Sqrt(((PriorCount * PriorSquare) + squares.Sum()) / count);
        return Math.Max(1, factor) * StudentT.InvCDF(0, 1, count, 0.95) / Normal95;
    }
}
