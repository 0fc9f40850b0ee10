namespace Bitcurve.Gp;

/// <summary>
/// log p(y) = -1/2 r^T K^-1 r - 1/2 log |K| - n/2 log 2 pi and its gradient 1/2 tr((alpha alpha^T - K^-1) dK) as a function of the
/// hyperparameters (Rasmussen and Williams 2006, equations 2.30 and 5.9). Keeps its work arrays from one evaluation to the next: O(n^2)
/// memory, not thread-safe.
/// </summary>
public sealed class MarginalLikelihood
{
    private readonly StationaryKernel _kernel;
    private readonly Observations _observations;
    private readonly int[] _tasks;
    private readonly int _size;

    private readonly double[] _value;
    private readonly double[] _slope;
    private readonly double[] _covariance;
    private readonly double[] _factor;
    private double[]? _inverseFactor;
    private double[]? _inverse;

    private double[] _lengthscale = [];
    private IntrinsicCoregionalization? _coregionalization;
    private double[] _weights = [];

    public MarginalLikelihood(Observations observations, StationaryKernel kernel)
    {
        // Sorted, so that every row of K consists of m contiguous blocks with one B_ll' each.
        _observations = observations.SortedByTask();
        _tasks = _observations.Design.Tasks.ToArray();
        _kernel = kernel;
        _size = observations.Count;
        _value = new double[_size * _size];
        _slope = new double[_size * _size];
        _covariance = new double[_size * _size];
        _factor = new double[_size * _size];
    }

    /// <summary>The means (m entries) of the last evaluation.</summary>
    public double[] Mean { get; private set; } = [];

    /// <summary>log p(y) at these hyperparameters. O(n^3).</summary>
    /// <param name="lengthscale">d entries.</param>
    /// <param name="coregionalization">B.</param>
    /// <param name="noiseVariance">m entries.</param>
    /// <param name="mean">m entries; when null, the generalised least squares estimate, at which dlogML/dmean = 0.</param>
    /// <exception cref="NotPositiveDefiniteException">When K is numerically singular.</exception>
    public double Evaluate(double[] lengthscale, IntrinsicCoregionalization coregionalization, double[] noiseVariance,
        double[]? mean = null)
    {
        _lengthscale = lengthscale;
        _coregionalization = coregionalization;
        FillCovariance(noiseVariance);
        CholeskyFactorization.Factor(_covariance, _size, 0, _factor);
        Mean = mean ?? GeneralizedLeastSquares.Mean(_observations, _factor);
        var residuals = _observations.Values.ToArray();
        for (var i = 0; i < _size; i++)
        {
            residuals[i] -= Mean[_tasks[i]];
        }
        TriangularSolve.LowerRows(_factor, _size, 0, _size, residuals, 0, _size, 1);
        var fit = RowProducts.Dot(residuals, residuals);
        TriangularSolve.Upper(_factor, _size, _size, residuals);
        _weights = residuals;
        return -0.5 * (fit + CholeskyFactorization.LogDeterminant(_factor, _size) + (_size * Math.Log(2 * Math.PI)));
    }

    /// <summary>The gradient where <see cref="Evaluate"/> was last called. O(n^3 + n^2 d).</summary>
    /// <exception cref="InvalidOperationException">When nothing was evaluated yet.</exception>
    public MarginalLikelihoodGradient Gradient()
    {
        var coregionalization =
            _coregionalization ?? throw new InvalidOperationException("Expected Evaluate to be called before Gradient.");
        var inverse = Invert();
        var sums = new GradientSums(_observations, _lengthscale, coregionalization);
        for (var i = 0; i < _size; i++)
        {
            var row = inverse.AsSpan(i * _size, i + 1);
            sums.AddRow(i, _weights, row, _value.AsSpan(i * _size, i + 1), _slope.AsSpan(i * _size, i + 1));
        }
        return sums.ToGradient();
    }

    private void FillCovariance(double[] noiseVariance)
    {
        var points = _observations.Design.Points;
        for (var i = 0; i < _size; i++)
        {
            var value = _value.AsSpan(i * _size, i + 1);
            var covariance = _covariance.AsSpan(i * _size, i + 1);
            StationaryKernel.SquaredDistances(points, i, points, _lengthscale, value);
            _kernel.Evaluate(value, value, _slope.AsSpan(i * _size, i + 1));
            for (var j = 0; j <= i; j++)
            {
                covariance[j] = _coregionalization![_tasks[i], _tasks[j]] * value[j];
            }
            covariance[i] += noiseVariance[_tasks[i]] * _observations.Design.NoiseScales[i];
        }
    }

    /// <summary>The lower triangle of K^-1 = L^-T L^-1: row i of the work array is column i of L^-1, which is 0 before i.</summary>
    private double[] Invert()
    {
        _inverseFactor ??= new double[_size * _size];
        _inverse ??= new double[_size * _size];
        Array.Clear(_inverseFactor);
        for (var i = 0; i < _size; i++)
        {
            _inverseFactor[(i * _size) + i] = 1;
        }
        for (var block = 0; block < _size; block += RowProducts.Right)
        {
            TriangularSolve.LowerRows(_factor, _size, block, _size, _inverseFactor, block * _size, _size,
                Math.Min(RowProducts.Right, _size - block));
        }
        GramMatrix.LowerTriangle(_inverseFactor, _size, _size, row => row, _inverse);
        return _inverse;
    }
}
