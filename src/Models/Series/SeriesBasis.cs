namespace Bitcurve.Models.Series;

/// <summary>The basis functions of a series along one kernel axis, sampled at the kernel's positions (thesis ch. 4, eq. 3 and 4).</summary>
public static class SeriesBasis
{
    // The ends of the cosine's interval in units of pi: inside (0, pi), where cos is one to one, so that k harmonics span all kernels.
    private const double CosineStart = 0.2;
    private const double CosineEnd = 0.8;

    /// <summary>Samples the first <paramref name="harmonics"/> functions.</summary>
    /// <param name="kind">Cosine: cos(i x), x = linspace(0.2 pi, 0.8 pi, k); Chebyshev: T_i(x), x = linspace(-1, 1, k).</param>
    /// <param name="harmonics">h, the number of functions, 1..k.</param>
    /// <param name="extent">k, the kernel's positions along the axis; a single position is the interval's midpoint.</param>
    /// <returns>k x h, entry (p, i) = function i at position p; of full column rank.</returns>
    /// <exception cref="ArgumentException">The extent is below 1, or the harmonics are outside 1..k.</exception>
    public static double[,] Matrix(SeriesKind kind, int harmonics, int extent)
    {
        if (extent < 1)
        {
            throw new ArgumentException($"kernel extent: expected at least 1, got {extent}", nameof(extent));
        }

        if (harmonics < 1 || harmonics > extent)
        {
            throw new ArgumentException($"harmonics: expected 1 to {extent} for kernel extent {extent}, got {harmonics}", nameof(harmonics));
        }

        Func<int, double, double> function = kind == SeriesKind.Cosine ? Cosine : Chebyshev;
        var (start, end) = kind == SeriesKind.Cosine ? (CosineStart * Math.PI, CosineEnd * Math.PI) : (-1.0, 1.0);
        var matrix = new double[extent, harmonics];
        for (var p = 0; p < extent; p++)
        {
            var x = extent == 1 ? (start + end) / 2 : start + ((end - start) * p / (extent - 1));
            for (var i = 0; i < harmonics; i++)
            {
                matrix[p, i] = function(i, x);
            }
        }

        return matrix;
    }

    private static double Cosine(int order, double x) => Math.Cos(order * x);

    // T_i(x) = 2 x T_(i-1)(x) - T_(i-2)(x), from T_0 = 1 and T_1 = x.
    private static double Chebyshev(int order, double x)
    {
        var (value, next) = (1.0, x);
        for (var i = 0; i < order; i++)
        {
            (value, next) = (next, (2 * x * next) - value);
        }

        return value;
    }
}
