namespace Bitcurve.Gp;

/// <summary>
/// T_l = L^-1 P_l for every task l, where P_l (n x u) has B_(l, l_i) at the input of observation i: with the row k (u) of a point's
/// covariances to the inputs, L^-1 cov(f_l(x), data) = T_l k. Prepared once in O(n^3), it makes many points products of matrices
/// instead of substitutions. Immutable.
/// </summary>
internal sealed class SolvedInputs
{
    private readonly double[][] _rows;
    private readonly int[] _depth;
    private readonly int _inputCount;

    public SolvedInputs(Design design, Cholesky factor, IntrinsicCoregionalization coregionalization)
    {
        _inputCount = design.Inputs.Count;
        _depth = Depths(design);
        var inverse = factor.TransposedInverseFactor();
        _rows = new double[coregionalization.TaskCount][];
        for (var task = 0; task < _rows.Length; task++)
        {
            _rows[task] = Fold(inverse, design, coregionalization, task);
        }
    }

    /// <summary>
    /// Writes T_l k of several points: <paramref name="result"/> is row-major <paramref name="count"/> x n.
    /// </summary>
    /// <param name="kernel">count rows of u covariances to the inputs.</param>
    /// <param name="count">How many points.</param>
    /// <param name="task">l.</param>
    /// <param name="result">count x n entries.</param>
    public void Multiply(double[] kernel, int count, int task, double[] result)
    {
        var n = _depth.Length;
        for (var start = 0; start < n; start += RowBlock)
        {
            var rows = Math.Min(RowBlock, n - start);
            // Inputs are numbered as they appear, so the rows of a block see only the first of them.
            var depth = _depth[start + rows - 1];
            MatrixProduct.Accumulate(
                1, new MatrixView(kernel, 0, _inputCount, count, depth),
                new MatrixView(_rows[task], start * _inputCount, _inputCount, rows, depth),
                0, new MatrixView(result, start, n, count, rows), lowerOnly: false);
        }
    }

    /// <summary>Rows of T that share one depth: small enough to skip what is zero, large enough for a fast product.</summary>
    private const int RowBlock = 96;

    private static int[] Depths(Design design)
    {
        var depth = new int[design.Count];
        var seen = 0;
        for (var i = 0; i < depth.Length; i++)
        {
            seen = Math.Max(seen, design.Inputs.InputOf[i] + 1);
            depth[i] = seen;
        }
        return depth;
    }

    private static double[] Fold(double[] inverse, Design design, IntrinsicCoregionalization coregionalization, int task)
    {
        var (n, u) = (design.Count, design.Inputs.Count);
        var folded = new double[n * u];
        var inputOf = design.Inputs.InputOf;
        var tasks = design.Tasks;
        for (var o = 0; o < n; o++)
        {
            var covariance = coregionalization[task, tasks[o]];
            for (var (i, entry) = (o, (o * u) + inputOf[o]); i < n; i++, entry += u)
            {
                folded[entry] += covariance * inverse[(o * n) + i];
            }
        }
        return folded;
    }
}
