namespace Bitcurve.Gp;

/// <summary>
/// Accumulates 1/2 sum(A o dK/dtheta), A = alpha alpha^T - K^-1, for every hyperparameter: one pass over the lower triangle of n^2 entries
/// folds A o B into the u x u pairs of inputs, where the kernel's own derivatives are cheap.
/// </summary>
internal sealed class GradientSums(Observations observations, IntrinsicCoregionalization coregionalization)
{
    private readonly int[] _tasks = observations.Design.Tasks.ToArray();
    private readonly int[] _inputOf = observations.Design.Inputs.InputOf;
    private readonly Points _inputs = observations.Design.Inputs.Points;
    private readonly double[] _blocks = new double[observations.TaskCount * observations.TaskCount];
    private readonly double[] _noiseVariance = new double[observations.TaskCount];
    private readonly double[] _mean = new double[observations.TaskCount];
    private readonly double[] _pairs = new double[observations.Design.Inputs.Count * observations.Design.Inputs.Count];

    /// <summary>Adds row i of A, columns 0..i.</summary>
    /// <param name="i">The row.</param>
    /// <param name="weights">alpha, n entries.</param>
    /// <param name="inverse">Row i of K^-1, i + 1 entries.</param>
    /// <param name="kernel">k between the inputs, u x u.</param>
    public void AddRow(int i, double[] weights, ReadOnlySpan<double> inverse, double[] kernel)
    {
        var (task, u) = (_tasks[i], _inputs.Count);
        var value = kernel.AsSpan(_inputOf[i] * u, u);
        var pairs = _pairs.AsSpan(_inputOf[i] * u, u);
        var blocks = _blocks.AsSpan(task * observations.TaskCount, observations.TaskCount);
        var taskCovariance = coregionalization.Covariance.Slice(task * observations.TaskCount, observations.TaskCount);
        for (var j = 0; j < i;)
        {
            // Rows are sorted by task: within a run of one task, B is one number.
            var (other, sum) = (_tasks[j], 0.0);
            var covariance = taskCovariance[other];
            for (; j < i && _tasks[j] == other; j++)
            {
                var curvature = (weights[i] * weights[j]) - inverse[j];
                sum += curvature * value[_inputOf[j]];
                pairs[_inputOf[j]] += curvature * covariance;
            }
            blocks[other] += sum;
        }
        var diagonal = (weights[i] * weights[i]) - inverse[i];
        // Half: an entry below the diagonal stands for two of the symmetric matrix, one on it for itself.
        blocks[task] += 0.5 * diagonal * value[_inputOf[i]];
        pairs[_inputOf[i]] += 0.5 * diagonal * taskCovariance[task];
        _noiseVariance[task] += 0.5 * diagonal * observations.Design.NoiseScales[i];
        _mean[task] += weights[i];
    }

    /// <summary>The gradient, once every row was added.</summary>
    /// <param name="at">Where.</param>
    /// <param name="slope">The stationary kernel's slope between inputs, lower triangle of u x u.</param>
    public MarginalLikelihoodGradient ToGradient(Hyperparameters at, double[] slope)
    {
        var lengthscale = new double[at.Lengthscale.Length];
        var linear = new double[at.LinearVariance.Length];
        var nugget = 0.0;
        var (u, row) = (_inputs.Count, new double[_inputs.Count]);
        for (var p = 0; p < u; p++)
        {
            for (var q = 0; q <= p; q++)
            {
                // A pair meets in either order.
                row[q] = _pairs[(p * u) + q] + (p == q ? 0 : _pairs[(q * u) + p]);
            }
            nugget += row[p];
            AddLinear(p, row.AsSpan(0, p + 1), lengthscale.Length, linear);
            for (var q = 0; q <= p; q++)
            {
                row[q] *= slope[(p * u) + q];
            }
            AddLengthscale(p, row.AsSpan(0, p), at.Lengthscale, lengthscale);
        }
        return new MarginalLikelihoodGradient(lengthscale, Blocks(), _noiseVariance, _mean) { LinearVariance = linear, Nugget = nugget };
    }

    private void AddLengthscale(int p, ReadOnlySpan<double> weights, double[] lengthscale, double[] gradient)
    {
        for (var k = 0; k < gradient.Length; k++)
        {
            var coordinates = _inputs.Coordinate(k);
            gradient[k] += RowProducts.WeightedSquares(weights, coordinates, coordinates[p])
                / (lengthscale[k] * lengthscale[k] * lengthscale[k]);
        }
    }

    private void AddLinear(int p, ReadOnlySpan<double> weights, int first, double[] gradient)
    {
        for (var j = 0; j < gradient.Length; j++)
        {
            var feature = _inputs.Coordinate(first + j);
            gradient[j] += feature[p] * RowProducts.Dot(weights, feature);
        }
    }

    private double[][] Blocks()
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
        return blocks;
    }
}
