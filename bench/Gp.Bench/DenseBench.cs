namespace Bitcurve.Gp.Bench;

/// <summary>The dense algebra under everything: matrix product, factorisation, inverse from the factor, substitution.</summary>
public static class DenseBench
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.5);

    public static void Run(Arguments arguments, Report report)
    {
        foreach (var size in arguments.SizesOr(20, 65, 150, 300, 500, 1200))
        {
            foreach (var threads in arguments.Threads)
            {
                ComputeThreads.Maximum = threads;
                Measure(report, size);
            }
        }
    }

    private static void Measure(Report report, int size)
    {
        var cube = Math.Pow(size, 3);
        var matrix = Covariance(size);
        double[] factor = new double[size * size], work = new double[size * size], inverse = new double[size * size];
        var square = new MatrixView(matrix, 0, size, size, size);
        Add(report, "product A B^T", size, 2 * cube, null,
            () => MatrixProduct.Accumulate(1, square, square, 0, new MatrixView(work, 0, size, size, size)));
        Add(report, "Cholesky factor", size, cube / 3, size == 1200 ? 60 : null,
            () => CholeskyFactorization.Factor(matrix, size, 0, factor));
        Add(report, "inverse from the factor", size, 2 * cube / 3, size == 1200 ? 120 : null,
            () => SymmetricInverse.LowerTriangle(factor, size, work, inverse));
        foreach (var count in new[] { 1, 4, 8, 32 })
        {
            var rows = new double[count * size];
            Add(report, $"substitution, {count} right-hand sides", size, (double)count * size * size, null, () =>
            {
                Array.Fill(rows, 1);
                TriangularSolve.LowerRows(factor, size, 0, size, rows, 0, size, count);
            });
        }
    }

    private static void Add(Report report, string name, int size, double operations, double? targetMs, Action action)
    {
        var timing = Timing.Of(action, Duration);
        report.Add("dense", name, size, timing, targetMs, ("GFLOP/s of processor time", 1e-6 * operations / timing.ProcessorMs),
            ("best GFLOP/s", 1e-6 * operations / timing.MinimumMs));
    }

    private static double[] Covariance(int size)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = Math.Exp(-Math.Pow(i - j, 2) / 18) + (i == j ? 0.1 : 0);
            }
        }
        return matrix;
    }
}
