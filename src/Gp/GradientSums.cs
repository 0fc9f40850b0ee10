using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>
/// Accumulates 1/2 sum(A o dK/dtheta), A = alpha alpha^T - K^-1, for every hyperparameter in one pass over the lower triangle.
/// </summary>
internal sealed class GradientSums(Observations observations, double[] lengthscale, IntrinsicCoregionalization coregionalization)
{
    private readonly int[] _tasks = observations.Design.Tasks.ToArray();
    private readonly double[] _lengthscale = new double[lengthscale.Length];
    private readonly double[] _blocks = new double[observations.TaskCount * observations.TaskCount];
    private readonly double[] _noiseVariance = new double[observations.TaskCount];
    private readonly double[] _mean = new double[observations.TaskCount];
    private readonly double[] _curvature = new double[observations.Count];

    /// <summary>Adds row i of A, columns 0..i.</summary>
    /// <param name="i">The row.</param>
    /// <param name="weights">alpha, n entries.</param>
    /// <param name="inverse">Row i of K^-1, i + 1 entries.</param>
    /// <param name="value">Row i of k.</param>
    /// <param name="slope">Row i of the kernel's slope.</param>
    public void AddRow(int i, double[] weights, ReadOnlySpan<double> inverse, ReadOnlySpan<double> value, ReadOnlySpan<double> slope)
    {
        var task = _tasks[i];
        var blocks = _blocks.AsSpan(task * observations.TaskCount, observations.TaskCount);
        for (var j = 0; j < i; j++)
        {
            var curvature = (weights[i] * weights[j]) - inverse[j];
            blocks[_tasks[j]] += curvature * value[j];
            _curvature[j] = curvature * coregionalization[task, _tasks[j]] * slope[j];
        }
        var diagonal = (weights[i] * weights[i]) - inverse[i];
        // Half: an entry below the diagonal stands for two of the symmetric matrix, one on it for itself.
        blocks[task] += 0.5 * diagonal * value[i];
        _noiseVariance[task] += 0.5 * diagonal * observations.Design.NoiseScales[i];
        _mean[task] += weights[i];
        for (var k = 0; k < _lengthscale.Length; k++)
        {
            var coordinates = observations.Design.Points.Coordinate(k);
            _lengthscale[k] += WeightedSquares(_curvature.AsSpan(0, i), coordinates, coordinates[i])
                / (lengthscale[k] * lengthscale[k] * lengthscale[k]);
        }
    }

    public MarginalLikelihoodGradient ToGradient()
    {
        var taskCount = observations.TaskCount;
        var blocks = new double[taskCount][];
        for (var a = 0; a < taskCount; a++)
        {
            blocks[a] = new double[taskCount];
            for (var b = 0; b < taskCount; b++)
            {
                blocks[a][b] = 0.5 * (_blocks[(a * taskCount) + b] + _blocks[(b * taskCount) + a]);
            }
        }
        return new MarginalLikelihoodGradient(_lengthscale, blocks, _noiseVariance, _mean);
    }

    /// <summary>sum_j weight_j (x_j - origin)^2.</summary>
    private static double WeightedSquares(ReadOnlySpan<double> weights, ReadOnlySpan<double> coordinates, double origin)
    {
        var sums = Vector<double>.Zero;
        var origins = new Vector<double>(origin);
        var j = 0;
        for (; j <= weights.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            var difference = new Vector<double>(coordinates[j..]) - origins;
            sums += new Vector<double>(weights[j..]) * difference * difference;
        }
        var sum = Vector.Sum(sums);
        for (; j < weights.Length; j++)
        {
            var difference = coordinates[j] - origin;
            sum += weights[j] * difference * difference;
        }
        return sum;
    }
}
