namespace Bitcurve.Gp;

/// <summary>L^-1 cov(f_l(x), data) for many points, batch by batch and block by block, in buffers of its own: one per thread.</summary>
/// <param name="covariance">Given n rows at u inputs.</param>
/// <param name="points">x.</param>
/// <param name="tasks">l.</param>
/// <param name="prepared">Null: by substitution, for few points.</param>
internal sealed class SolvedBatches(ConditionedCovariance covariance, Points points, int[] tasks, SolvedInputs? prepared)
{
    private readonly Design _design = covariance.Design;
    private readonly int _kernelStride = InputKernel.PaddedLength(covariance.Design.Inputs.Count);

    /// <summary>Hands out the points [first, end); a block is valid during its visit only.</summary>
    public void Visit(int first, int end, Action<SolvedBlock> visitor)
    {
        var size = Math.Min(SolvedBlock.Width, end - first);
        var kernel = GC.AllocateUninitializedArray<double>(size * _kernelStride);
        var entries = new double[tasks.Length * Math.Min(SolvedBlock.MostRows, _design.Count) * SolvedBlock.Width];
        for (var start = first; start < end; start += SolvedBlock.Width)
        {
            var count = Math.Min(SolvedBlock.Width, end - start);
            covariance.Kernel.Rows(points, start, count, _design.Inputs.Points, _kernelStride, kernel);
            var substituted = prepared is null ? Substitute(kernel, count) : null;
            for (var row = 0; row < _design.Count; row += SolvedBlock.MostRows)
            {
                var block = new SolvedBlock(entries, start, count, row, Math.Min(SolvedBlock.MostRows, _design.Count - row));
                Fill(block, kernel, substituted);
                visitor(block);
            }
        }
    }

    private void Fill(SolvedBlock block, double[] kernel, double[]? substituted)
    {
        if (substituted is not null)
        {
            Turn(substituted, block);
            return;
        }
        for (int t = 0, run; t < tasks.Length; t += run)
        {
            // Neighbouring tasks are one product.
            for (run = 1; t + run < tasks.Length && tasks[t + run] == tasks[t] + run; run++)
            {
            }
            prepared!.Multiply(kernel, _kernelStride, tasks[t], run, block, t);
        }
    }

    /// <summary>Row-major (|tasks| count) x n, row = task * count + point.</summary>
    private double[] Substitute(double[] kernel, int count)
    {
        var n = _design.Count;
        var solved = new double[tasks.Length * count * n];
        for (var row = 0; row < tasks.Length * count; row++)
        {
            var task = tasks[row / count];
            var values = kernel.AsSpan(row % count * _kernelStride, _kernelStride);
            for (var i = 0; i < n; i++)
            {
                solved[(row * n) + i] = covariance.Coregionalization[task, _design.Tasks[i]] * values[_design.Inputs.InputOf[i]];
            }
        }
        TriangularSolve.LowerRows(covariance.Factor.Storage, n, 0, n, solved, 0, n, tasks.Length * count);
        return solved;
    }

    private void Turn(double[] solved, SolvedBlock block)
    {
        for (var row = 0; row < tasks.Length * block.Points; row++)
        {
            var (t, point) = (row / block.Points, row % block.Points);
            for (var r = 0; r < block.Rows; r++)
            {
                block.Entries[(((t * block.Rows) + r) * SolvedBlock.Width) + point] = solved[(row * _design.Count) + block.FirstRow + r];
            }
        }
    }
}
