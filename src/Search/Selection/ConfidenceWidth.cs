namespace Bitcurve.Search.Selection;

/// <summary>
/// How optimistic GP-UCB is: sqrt(beta_t) standard deviations with beta_t = 2 log(|D| t^2 pi^2 / (6 delta)) / 5 for |D| networks and
/// delta = 0.1 (Srinivas, Krause, Kakade and Seeger 2010, theorem 1 for finite D, scaled down by five as in their experiments).
/// </summary>
public static class ConfidenceWidth
{
    private const double Delta = 0.1;
    private const double ScaledDownBy = 5;

    /// <param name="networks">|D|, at least 1.</param>
    /// <param name="step">t, counts from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static double At(int networks, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(networks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return Math.Sqrt(2 * Math.Log(networks * (double)step * step * Math.PI * Math.PI / (6 * Delta)) / ScaledDownBy);
    }
}
