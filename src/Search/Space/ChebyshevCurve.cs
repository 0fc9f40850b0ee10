namespace Bitcurve.Search.Space;

/// <summary>How far a Chebyshev curve swings around its middle.</summary>
public enum CurveAmplitude
{
    /// <summary>Produces every configuration that the thesis prints (ch. 3, Figure 2 and Table 2).</summary>
    Full,

    /// <summary>The formula as the thesis prints it: half the swing.</summary>
    Half,
}

/// <summary>Chebyshev series over the depth of a network (thesis ch. 3.2).</summary>
public static class ChebyshevCurve
{
    /// <summary>p(t) = (a sum_j (2 w_j - 1) T_j(x) + 1) / 2 with x = 2t - 1, j = 0..d-1, and a = 1 (full) or 1/2 (half); O(d).</summary>
    /// <param name="w">Coefficients, d in total, each in [0,1]; 0.5 switches a term off.</param>
    /// <param name="t">Depth in [0,1].</param>
    /// <param name="amplitude">Decides a.</param>
    /// <returns>Not confined to [0,1]: the caller clamps.</returns>
    public static double ValueAt(IReadOnlyList<double> w, double t, CurveAmplitude amplitude = CurveAmplitude.Full)
    {
        double x = (2 * t) - 1;
        double previous = x; // T_{-1} = T_1, so that one recurrence serves every order.
        double current = 1;
        double sum = 0;
        foreach (double weight in w)
        {
            sum += ((2 * weight) - 1) * current;
            (previous, current) = (current, (2 * x * current) - previous);
        }

        double scale = amplitude == CurveAmplitude.Half ? 0.5 : 1.0;
        return ((scale * sum) + 1) / 2;
    }
}
