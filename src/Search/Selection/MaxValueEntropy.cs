using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Information of a measurement about a maximum g*, in GIBBON's closed form (Moss, Leslie, Gonzalez and Rayson 2021, J. Mach. Learn. Res.
/// 22, the general-purpose bound for a batch of one). Knowing g* truncates the value at the point; the measurement, correlated with that
/// value, inherits its share of the lost variance. A lower bound on what the truncation tells, because no distribution has more
/// entropy than the normal one of its variance; that the value may BE the maximum is not in it.
/// </summary>
public static class MaxValueEntropy
{
    // Beyond, the ratio of density and distribution loses all digits; the truncated variance tends to 1 / gamma^2.
    private const double FarBelow = -25;

    // A noiseless measurement of a value far above its bound would tell infinitely much.
    private const double LargestShare = 1 - 1e-12;

    /// <summary>
    /// Share, in [0,1], of a normal value's variance that is lost when it is known to lie below mean + gamma deviations:
    /// r (gamma + r) with r = phi(gamma) / Phi(gamma).
    /// </summary>
    public static double LostVariance(double gamma)
    {
        if (gamma < FarBelow)
        {
            return 1 - (1 / (gamma * gamma));
        }

        var ratio = double.IsPositiveInfinity(gamma) ? 0 : Normal.PDF(0, 1, gamma) / Normal.CDF(0, 1, gamma);
        return ratio == 0 ? 0 : Math.Clamp(ratio * (gamma + ratio), 0, 1);
    }

    /// <summary>-1/2 mean over samples of log(1 - rho^2 share), nats, at least 0.</summary>
    /// <param name="squaredCorrelation">rho^2 in [0,1] between the measurement and the value that the maximum truncates.</param>
    /// <param name="lostVariances">One <see cref="LostVariance"/> per sample of the maximum.</param>
    /// <exception cref="ArgumentException">No samples.</exception>
    public static double Information(double squaredCorrelation, IReadOnlyCollection<double> lostVariances) => lostVariances.Count == 0
        ? throw new ArgumentException("Samples of the maximum: expected at least one, actual none.", nameof(lostVariances))
        : -0.5 * lostVariances.Average(share => Math.Log(1 - Math.Min(LargestShare, squaredCorrelation * share)));
}
