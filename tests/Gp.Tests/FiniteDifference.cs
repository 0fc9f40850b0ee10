namespace Bitcurve.Gp.Tests;

internal static class FiniteDifference
{
    /// <summary>(f(x + h) - f(x - h)) / 2h with h = eps^(1/3) max(1, |x|) where rounding and truncation balance.</summary>
    public static double Central(Func<double, double> function, double x)
    {
        var step = 6e-6 * Math.Max(0.1, Math.Abs(x));
        return (function(x + step) - function(x - step)) / (2 * step);
    }
}
