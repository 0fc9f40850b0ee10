using System.Globalization;
using Bitcurve.Gp;
using Bitcurve.Gp.Bench;

ComputeThreads.Maximum = args.Length > 0 ? int.Parse(args[0]) : 1;
foreach (var n in new[] { 20, 65, 150, 300, 500, 1200 })
{
    var a = new StandardNormal(n).Next(n * n);
    var c = new double[n * n];
    var v = new MatrixView(a, 0, n, n, n);
    var t = Timing.Of(() => MatrixProduct.Accumulate(1, v, v, 0, new MatrixView(c, 0, n, n, n)), TimeSpan.FromSeconds(0.7));
    Console.WriteLine($"product {n}: {2e-6 * n * n * n / t.MedianMs:F1} GF, best {2e-6 * n * n * n / t.MinimumMs:F1}, cpu {2e-6 * n * n * n / t.ProcessorMs:F1}");
}
foreach (var n in new[] { 20, 40, 65, 150, 300, 1200 })
{
    var normal = new StandardNormal(n).Next(n * n);
    var matrix = new double[n * n];
    for (var i = 0; i < n; i++)
    {
        for (var j = 0; j <= i; j++)
        {
            matrix[(i * n) + j] = Math.Exp(-0.5 * (i - j) * (i - j) / 9.0) + (i == j ? 0.1 : 0);
        }
    }
    var factor = new double[n * n];
    var work = new double[n * n];
    var inverse = new double[n * n];
    var rows = new double[32 * n];
    var time = TimeSpan.FromSeconds(0.7);
    Print("cholesky", n, Timing.Of(() => CholeskyFactorization.Factor(matrix, n, 0, factor), time));
    Print("inverse", n, Timing.Of(() => SymmetricInverse.LowerTriangle(factor, n, work, inverse), time));
    foreach (var count in new[] { 1, 4, 8, 12, 16, 32 })
    {
        Print("solve" + count, n, Timing.Of(() => { normal.AsSpan(0, Math.Min(rows.Length, normal.Length)).CopyTo(rows); TriangularSolve.LowerRows(factor, n, 0, n, rows, 0, n, count); }, time));
    }
}

static void Print(string name, int n, Timing t) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {n}: {t.MedianMs:F4} min {t.MinimumMs:F4} cpu {t.ProcessorMs:F4}"));
