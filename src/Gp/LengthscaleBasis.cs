namespace Bitcurve.Gp;

/// <summary>
/// Lengthscales that depend on few coefficients: log lengthscale = G c, with G d x q. Along the depth of a network, three coefficients of
/// a polynomial say how importance changes from layer to layer, where one lengthscale a layer could not be learned from few measurements.
/// </summary>
public sealed record LengthscaleBasis
{
    /// <param name="rows">G, d rows of q entries; d and q at least 1.</param>
    /// <param name="centre">Prior mean of c, q entries.</param>
    /// <param name="deviation">Prior standard deviation of c, q entries &gt; 0.</param>
    /// <exception cref="ArgumentException">When lengths disagree, an entry is not finite or a deviation is not positive.</exception>
    public LengthscaleBasis(double[][] rows, double[] centre, double[] deviation)
    {
        Require(rows.Length > 0, "at least 1 row", rows.Length);
        Require(centre.Length > 0, "at least 1 coefficient", centre.Length);
        Require(deviation.Length == centre.Length, $"{centre.Length} deviations, one per coefficient", deviation.Length);
        foreach (var row in rows)
        {
            Require(row.Length == centre.Length, $"{centre.Length} entries in every row", row.Length);
            RequireAll(row, _ => true, "finite rows");
        }
        RequireAll(centre, _ => true, "a finite centre");
        RequireAll(deviation, value => value > 0, "deviations > 0");
        (Rows, Centre, Deviation) = (rows, centre, deviation);
    }

    /// <summary>G, d rows of q entries.</summary>
    public double[][] Rows { get; }

    /// <summary>Prior mean of c, q entries.</summary>
    public double[] Centre { get; }

    /// <summary>Prior standard deviation of c, q entries &gt; 0.</summary>
    public double[] Deviation { get; }

    /// <summary>d.</summary>
    public int Dimensions => Rows.Length;

    /// <summary>q.</summary>
    public int Count => Centre.Length;

    /// <summary>One coefficient per dimension: automatic relevance determination.</summary>
    /// <param name="dimensions">d, at least 1.</param>
    /// <param name="median">Prior median of every lengthscale, &gt; 0.</param>
    /// <param name="logDeviation">Prior deviation of its logarithm, &gt; 0.</param>
    /// <exception cref="ArgumentException">When an argument is out of its range.</exception>
    public static LengthscaleBasis Independent(int dimensions, double median, double logDeviation)
    {
        Require(dimensions > 0, "at least 1 lengthscale", dimensions);
        Require(median > 0, "a median lengthscale > 0", median);
        return new LengthscaleBasis(
            [.. Enumerable.Range(0, dimensions).Select(k => Enumerable.Range(0, dimensions).Select(j => j == k ? 1.0 : 0).ToArray())],
            [.. Enumerable.Repeat(Math.Log(median), dimensions)],
            [.. Enumerable.Repeat(logDeviation, dimensions)]);
    }

    /// <summary>
    /// Groups of coordinates, each ordered by depth, whose log lengthscale is a Legendre polynomial of depth with
    /// <paramref name="coefficients"/> coefficients.
    /// </summary>
    /// <param name="groups">How many coordinates (at least 1) each group has, all of them layers from the first to the last; they add up
    /// to d.</param>
    /// <param name="coefficients">At least 1: a constant; 3: up to a parabola. q = groups x coefficients.</param>
    /// <param name="median">Prior median of every lengthscale, &gt; 0.</param>
    /// <param name="logDeviation">Prior deviation of the constant, &gt; 0; of the others half of it.</param>
    /// <exception cref="ArgumentException">When an argument is out of its range.</exception>
    public static LengthscaleBasis SmoothOverDepth(IReadOnlyList<int> groups, int coefficients, double median, double logDeviation)
    {
        Require(coefficients > 0, "at least 1 coefficient", coefficients);
        Require(median > 0, "a median lengthscale > 0", median);
        RequireAll([.. groups], size => size > 0, "groups of at least 1 coordinate");
        var count = groups.Count * coefficients;
        var rows = new List<double[]>();
        for (var g = 0; g < groups.Count; g++)
        {
            for (var layer = 0; layer < groups[g]; layer++)
            {
                var row = new double[count];
                Legendre(groups[g] == 1 ? 0 : (2.0 * layer / (groups[g] - 1)) - 1, row.AsSpan(g * coefficients, coefficients));
                rows.Add(row);
            }
        }
        double[] centre = [.. Enumerable.Range(0, count).Select(j => j % coefficients == 0 ? Math.Log(median) : 0)];
        double[] deviation = [.. Enumerable.Range(0, count).Select(j => j % coefficients == 0 ? logDeviation : 0.5 * logDeviation)];
        return new LengthscaleBasis([.. rows], centre, deviation);
    }

    /// <summary>The coefficients nearest to given lengthscales, by least squares on their logarithms.</summary>
    internal double[] Project(double[] lengthscale)
    {
        var (normal, right) = (new double[Count * Count], new double[Count]);
        for (var k = 0; k < Dimensions; k++)
        {
            for (var a = 0; a < Count; a++)
            {
                right[a] += Rows[k][a] * Math.Log(lengthscale[k]);
                for (var b = 0; b < Count; b++)
                {
                    normal[(a * Count) + b] += Rows[k][a] * Rows[k][b];
                }
            }
        }
        for (var a = 0; a < Count; a++)
        {
            // Fewer layers than coefficients leave some undetermined: the smallest then.
            normal[(a * Count) + a] += 1e-9;
        }
        return Cholesky.Of(normal, Count).Solve(right);
    }

    private static void RequireAll(double[] values, Func<double, bool> holds, string expected)
    {
        foreach (var value in values)
        {
            Require(double.IsFinite(value) && holds(value), expected, value);
        }
    }

    private static void Require(bool holds, string expected, double actual)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"Lengthscale basis: expected {expected}, got {actual}."));
        }
    }

    /// <summary>P_0..P_(q-1) at t in [-1, 1].</summary>
    private static void Legendre(double t, Span<double> values)
    {
        for (var degree = 0; degree < values.Length; degree++)
        {
            values[degree] = degree switch
            {
                0 => 1,
                1 => t,
                _ => ((((2 * degree) - 1) * t * values[degree - 1]) - ((degree - 1) * values[degree - 2])) / degree,
            };
        }
    }
}
