namespace Bitcurve.Gp.Tests;

/// <summary>Seeded matrices for the dense algebra, and the sizes at which its tiles, panels and blocks end differently.</summary>
internal static class DenseCase
{
    /// <summary>1..70, and some beyond one block of columns, one depth and one panel.</summary>
    public static readonly IReadOnlyList<int> Sizes = [.. Enumerable.Range(1, 70), 127, 161, 200, 301];

    /// <summary>Row-major standard normal entries.</summary>
    public static double[] Normal(int count, int seed) => new StandardNormal(seed).Next(count);

    /// <summary>A covariance matrix with noise, as the models have it: row-major, condition number below 1e4.</summary>
    public static double[] Covariance(int size, int seed)
    {
        var at = Normal(size, seed);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = Math.Exp(-2 * Math.Pow(at[i] - at[j], 2)) + (i == j ? 0.1 : 0);
            }
        }
        return matrix;
    }

    /// <summary>What <paramref name="compute"/> gives with one thread and with two.</summary>
    public static (double[] One, double[] Two) OnOneAndTwoThreads(Func<double[]> compute)
    {
        var maximum = ComputeThreads.Maximum;
        try
        {
            ComputeThreads.Maximum = 1;
            var one = compute();
            ComputeThreads.Maximum = 2;
            return (one, compute());
        }
        finally
        {
            ComputeThreads.Maximum = maximum;
        }
    }

    /// <summary>The lower triangle of a row-major square, row after row.</summary>
    public static double[] LowerTriangle(double[] matrix, int size) =>
        [.. Enumerable.Range(0, size).SelectMany(i => matrix.Skip(i * size).Take(i + 1))];
}
