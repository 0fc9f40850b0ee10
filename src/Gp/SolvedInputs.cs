namespace Bitcurve.Gp;

/// <summary>
/// T_l = L^-1 P_l for every task l, where P_l (n x u) has B_(l, l_i) at the input of observation i: with the row k (u) of a point's
/// covariances to the inputs, L^-1 cov(f_l(x), data) = T_l k. Prepared once in O(n^3), it makes many points products of matrices
/// instead of substitutions. Immutable.
/// </summary>
internal sealed class SolvedInputs
{
    /// <summary>Blocks of <see cref="SolvedBlock.MostRows"/> rows one after the other; within a block, task after task.</summary>
    private readonly double[] _rows;
    private readonly int[] _depth;
    private readonly int _inputCount;
    private readonly int _taskCount;

    public SolvedInputs(Design design, Cholesky factor, IntrinsicCoregionalization coregionalization)
    {
        (_inputCount, _taskCount) = (design.Inputs.Count, coregionalization.TaskCount);
        _depth = Depths(design);
        _rows = new double[_taskCount * design.Count * _inputCount];
        var inverse = factor.TransposedInverseFactor();
        for (var task = 0; task < _taskCount; task++)
        {
            Fold(inverse, design, coregionalization, task);
        }
    }

    /// <summary>Writes T_l k for several neighbouring tasks, over the block's rows and points.</summary>
    /// <param name="kernel">A row of u covariances to the inputs for each point.</param>
    /// <param name="kernelStride">Between the rows of <paramref name="kernel"/>.</param>
    /// <param name="firstTask">l of the first task.</param>
    /// <param name="tasks">How many.</param>
    /// <param name="block">Which rows and points, and where to.</param>
    /// <param name="position">The first task's place in the block.</param>
    public void Multiply(double[] kernel, int kernelStride, int firstTask, int tasks, SolvedBlock block, int position)
    {
        // Inputs are numbered as they appear, so the rows of a block see only the first of them.
        var depth = _depth[block.FirstRow + block.Rows - 1];
        var rows = tasks * block.Rows;
        MatrixProduct.Accumulate(
            1, new MatrixView(_rows, Offset(block.FirstRow, block.Rows, firstTask, block.FirstRow), _inputCount, rows, depth),
            new MatrixView(kernel, 0, kernelStride, block.Points, depth),
            0, new MatrixView(block.Entries, position * block.Rows * SolvedBlock.Width, SolvedBlock.Width, rows, block.Points));
    }

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

    /// <summary>Where row i of T_l starts, in the block of so many rows from <paramref name="firstRow"/>.</summary>
    private int Offset(int firstRow, int rows, int task, int i) => ((firstRow * _taskCount) + (task * rows) + i - firstRow) * _inputCount;

    private void Fold(double[] inverse, Design design, IntrinsicCoregionalization coregionalization, int task)
    {
        var n = design.Count;
        for (var firstRow = 0; firstRow < n; firstRow += SolvedBlock.MostRows)
        {
            var end = Math.Min(firstRow + SolvedBlock.MostRows, n);
            for (var o = 0; o < end; o++)
            {
                var covariance = coregionalization[task, design.Tasks[o]];
                var i = Math.Max(o, firstRow);
                var entry = Offset(firstRow, end - firstRow, task, i) + design.Inputs.InputOf[o];
                for (; i < end; i++, entry += _inputCount)
                {
                    _rows[entry] += covariance * inverse[(o * n) + i];
                }
            }
        }
    }
}
