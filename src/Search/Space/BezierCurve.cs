namespace Bitcurve.Search.Space;

/// <summary>Bezier curve over the depth of a network (thesis ch. 3.2).</summary>
public static class BezierCurve
{
    /// <summary>p(t) = sum_j w_j B_j(t), B_j the Bernstein polynomials of degree d-1; O(d^2).</summary>
    /// <param name="w">Control values, d in total, each in [0,1].</param>
    /// <param name="t">Depth in [0,1]: 0 is the first layer, 1 the last.</param>
    /// <returns>A value in [0,1]: the curve stays inside the hull of its control values.</returns>
    public static double ValueAt(IReadOnlyList<double> w, double t)
    {
        int degree = w.Count - 1;
        double sum = 0;
        double binomial = 1;
        for (int j = 0; j <= degree; j++)
        {
            sum += w[j] * binomial * Math.Pow(t, j) * Math.Pow(1 - t, degree - j);
            binomial = binomial * (degree - j) / (j + 1);
        }

        return sum;
    }
}
