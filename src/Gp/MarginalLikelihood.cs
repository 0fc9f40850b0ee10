namespace Bitcurve.Gp;

/// <summary>
/// log p(y) = -1/2 r^T K^-1 r - 1/2 log |K| - n/2 log 2 pi and its gradient 1/2 tr((alpha alpha^T - K^-1) dK) as a function of the
/// hyperparameters (Rasmussen and Williams 2006, equations 2.30 and 5.9). Kernels are evaluated between the u distinct inputs, and
/// repeated measurements count as one row. Keeps its work arrays from one evaluation to the next: O(n^2) memory, not thread-safe.
/// </summary>
public sealed class MarginalLikelihood
{
    private readonly StationaryKernel _kernel;
    private readonly Replicates _replicates;
    private readonly Observations _observations;
    private readonly int[] _tasks;
    private readonly int[] _inputOf;
    private readonly Points _inputs;
    private readonly int _size;

    private readonly double[] _value;
    private readonly double[] _slope;
    private readonly double[] _covariance;
    private readonly double[] _factor;
    private double[]? _inverseFactor;
    private double[]? _inverse;

    private Hyperparameters? _at;
    private IntrinsicCoregionalization? _coregionalization;
    private double[] _weights = [];

    /// <summary>Folds repeated measurements and sorts by task; O(n^2) memory.</summary>
    /// <param name="observations">n values of m tasks at points of d + p coordinates.</param>
    /// <param name="kernel">Compares the first d coordinates.</param>
    public MarginalLikelihood(Observations observations, StationaryKernel kernel)
    {
        _replicates = Replicates.Fold(observations);
        // Sorted, so that every row of K consists of m contiguous blocks with one B_ll' each.
        _observations = _replicates.Folded.SortedByTask();
        _tasks = _observations.Design.Tasks.ToArray();
        _inputOf = _observations.Design.Inputs.InputOf;
        _inputs = _observations.Design.Inputs.Points;
        _kernel = kernel;
        _size = _observations.Count;
        _value = new double[_inputs.Count * _inputs.Count];
        _slope = new double[_inputs.Count * _inputs.Count];
        _covariance = new double[_size * _size];
        _factor = new double[_size * _size];
    }

    /// <summary>The means (m entries) of the last evaluation.</summary>
    public double[] Mean { get; private set; } = [];

    /// <summary>log p(y) in nats at these hyperparameters, their means included. O(n^3).</summary>
    /// <exception cref="ArgumentException">When the hyperparameters are for other numbers of dimensions or tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When K is numerically singular.</exception>
    public double Evaluate(Hyperparameters hyperparameters) =>
        Evaluate(hyperparameters, hyperparameters.Coregionalization(), keepMean: true);

    /// <summary>The gradient where <see cref="Evaluate(Hyperparameters)"/> was last called. O(n^3 + n^2 + u^2 d).</summary>
    /// <exception cref="InvalidOperationException">When nothing was evaluated yet.</exception>
    public MarginalLikelihoodGradient Gradient()
    {
        var at = _at ?? throw new InvalidOperationException("Expected Evaluate to be called before Gradient.");
        _inverse ??= new double[_size * _size];
        _inverseFactor ??= new double[_size * _size];
        SymmetricInverse.LowerTriangle(_factor, _size, _inverseFactor, _inverse);
        var sums = new GradientSums(_observations, _coregionalization!);
        for (var i = 0; i < _size; i++)
        {
            sums.AddRow(i, _weights, _inverse.AsSpan(i * _size, i + 1), _value);
        }
        var gradient = sums.ToGradient(at, _slope);
        _replicates.LogLikelihood(at.NoiseVariance, gradient.NoiseVariance);
        return gradient;
    }

    /// <summary>The same with means as wanted.</summary>
    /// <param name="at">Where; its coregionalisation factor is not read.</param>
    /// <param name="coregionalization">B.</param>
    /// <param name="keepMean">Whether the means are given; otherwise they are estimated by generalised least squares.</param>
    internal double Evaluate(Hyperparameters at, IntrinsicCoregionalization coregionalization, bool keepMean)
    {
        at.RequireShape(_observations.Dimensions, _observations.TaskCount);
        (_at, _coregionalization) = (at, coregionalization);
        FillKernel(new InputKernel(_kernel, at));
        FillCovariance(at.NoiseVariance);
        CholeskyFactorization.Factor(_covariance, _size, 0, _factor);
        Mean = keepMean ? at.Mean : GeneralizedLeastSquares.Mean(_observations, _factor);
        var residuals = _observations.Values.ToArray();
        for (var i = 0; i < _size; i++)
        {
            residuals[i] -= Mean[_tasks[i]];
        }
        TriangularSolve.LowerRows(_factor, _size, 0, _size, residuals, 0, _size, 1);
        var fit = RowProducts.Dot(residuals, residuals);
        TriangularSolve.Upper(_factor, _size, _size, residuals);
        _weights = residuals;
        return (-0.5 * (fit + CholeskyFactorization.LogDeterminant(_factor, _size) + (_size * Math.Log(2 * Math.PI))))
            + _replicates.LogLikelihood(at.NoiseVariance, []);
    }

    /// <summary>k and its slope between all inputs, both triangles, so that rows of K can be gathered.</summary>
    private void FillKernel(InputKernel kernel)
    {
        var u = _inputs.Count;
        for (var p = 0; p < u; p++)
        {
            kernel.Row(_inputs, p, _inputs, _value.AsSpan(p * u, p + 1), _slope.AsSpan(p * u, p + 1));
        }
        for (var p = 0; p < u; p++)
        {
            for (var q = 0; q < p; q++)
            {
                _value[(q * u) + p] = _value[(p * u) + q];
            }
        }
    }

    private void FillCovariance(double[] noiseVariance)
    {
        for (var i = 0; i < _size; i++)
        {
            var value = _value.AsSpan(_inputOf[i] * _inputs.Count, _inputs.Count);
            var covariance = _covariance.AsSpan(i * _size, i + 1);
            var blocks = _coregionalization!.Covariance.Slice(_tasks[i] * _observations.TaskCount, _observations.TaskCount);
            for (var j = 0; j < covariance.Length; j++)
            {
                covariance[j] = blocks[_tasks[j]] * value[_inputOf[j]];
            }
            covariance[i] += noiseVariance[_tasks[i]] * _observations.Design.NoiseScales[i];
        }
    }
}
