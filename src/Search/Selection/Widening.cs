using Bitcurve.Gp;

namespace Bitcurve.Search.Selection;

/// <summary>
/// How much wider the model's intervals of the target should be. Many biased cheap measurements share one kernel with the target, which
/// makes the posterior too sure of itself; every measured network predicted from all others shows by how much.
/// </summary>
internal static class Widening
{
    /// <summary>Squared residuals of a well calibrated model that are believed beforehand: a few networks alone decide nothing.</summary>
    private const double PriorCount = 4;

    /// <summary>sqrt((nu + sum z^2) / (nu + N)) over the standardised residuals z of N networks at the target; at least 1.</summary>
    internal static double Of(IReadOnlyList<LeftOut> leftOut, int target)
    {
        double[] squares = [.. leftOut.Where(left => left.Task == target).Select(left => left.StandardizedResidual * left.StandardizedResidual)];
        return Math.Max(1, Math.Sqrt((PriorCount + squares.Sum()) / (PriorCount + squares.Length)));
    }
}
