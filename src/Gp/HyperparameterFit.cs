namespace Bitcurve.Gp;

/// <summary>What a fit found.</summary>
/// <param name="Hyperparameters">The best of all starts.</param>
/// <param name="LogPosterior">Log marginal likelihood plus log prior (without its constant) there; without priors, the likelihood
/// alone.</param>
/// <param name="LogMarginalLikelihood">Log marginal likelihood there.</param>
/// <param name="Evaluations">Likelihood and gradient evaluations of all starts together.</param>
public sealed record HyperparameterFitResult(Hyperparameters Hyperparameters, double LogPosterior, double LogMarginalLikelihood,
    int Evaluations);

/// <summary>
/// Maximum a posteriori hyperparameters by L-BFGS with analytic gradients from several seeded starts; the means follow in closed form at
/// every step. Expects standardised values. Not thread-safe.
/// </summary>
public sealed class HyperparameterFit
{
    private readonly Observations _observations;
    private readonly FitOptions _options;
    private readonly MarginalLikelihood _likelihood;
    private readonly LogPrior? _prior;
    private readonly FreeParameters _parameters;

    private HyperparameterFit(Observations observations, StationaryKernel kernel, FitOptions options)
    {
        options.Validate();
        _observations = observations;
        _options = options;
        _likelihood = new MarginalLikelihood(observations, kernel);
        _prior = options.Priors is { } priors ? new LogPrior(priors) : null;
        _parameters = new FreeParameters(observations.Dimensions, observations.TaskCount, options.NoiseFloor);
    }

    /// <summary>Fits hyperparameters to n observations. O(n^3) per evaluation; deterministic in its arguments.</summary>
    /// <param name="observations">Standardised.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">How; defaults when null.</param>
    /// <param name="warmStart">The first start, usually the last fit's result; the priors' centre when null.</param>
    /// <exception cref="ArgumentException">When an option is out of range or the warm start is for other numbers of dimensions or
    /// tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When the covariance is singular at every start.</exception>
    public static HyperparameterFitResult Fit(
        Observations observations, StationaryKernel kernel, FitOptions? options = null, Hyperparameters? warmStart = null)
    {
        warmStart?.RequireShape(observations.Dimensions, observations.TaskCount);
        return new HyperparameterFit(observations, kernel, options ?? new FitOptions()).Run(warmStart);
    }

    private HyperparameterFitResult Run(Hyperparameters? warmStart)
    {
        var starts = new StartingPoints(_options.Priors ?? new HyperparameterPriors(), _observations.Dimensions, _observations.TaskCount,
            _options.NoiseFloor);
        var source = new StandardNormal(_options.Seed);
        Minimum? best = null;
        var evaluations = 0;
        for (var start = 0; start < _options.Restarts; start++)
        {
            var from = start > 0 ? starts.Draw(source) : warmStart ?? starts.Centre();
            var minimum = new LimitedMemoryBfgs(NegativeLogPosterior, _options.IterationLimit).Minimize(_parameters.Pack(from));
            evaluations += minimum.Evaluations;
            if (best is null || minimum.Value < best.Value)
            {
                best = minimum;
            }
        }
        return Report(best!, evaluations);
    }

    private HyperparameterFitResult Report(Minimum best, int evaluations)
    {
        if (!double.IsFinite(best.Value))
        {
            throw new NotPositiveDefiniteException(_observations.Count, Cholesky.Jitters);
        }
        var (lengthscale, factor, noiseVariance) = _parameters.Unpack(best.Point);
        var likelihood = _likelihood.Evaluate(lengthscale, IntrinsicCoregionalization.FromFactor(factor), noiseVariance);
        return new HyperparameterFitResult(
            new Hyperparameters(lengthscale, factor, noiseVariance, _likelihood.Mean), -best.Value, likelihood, evaluations);
    }

    private double NegativeLogPosterior(ReadOnlySpan<double> vector, Span<double> gradient)
    {
        var (lengthscale, factor, noiseVariance) = _parameters.Unpack(vector);
        var coregionalization = IntrinsicCoregionalization.FromFactor(factor);
        double value;
        try
        {
            value = _likelihood.Evaluate(lengthscale, coregionalization, noiseVariance);
        }
        catch (NotPositiveDefiniteException)
        {
            // An extreme trial step of the line search: it turns back.
            return double.PositiveInfinity;
        }
        var natural = _likelihood.Gradient();
        var perLogDiagonal = 0.0;
        if (_prior is not null)
        {
            value += _prior.Add(lengthscale, coregionalization, noiseVariance, natural);
            var shape = _prior.AddShape(factor, coregionalization, natural);
            value += shape.Value;
            perLogDiagonal = shape.PerLogDiagonal;
        }
        _parameters.ChainGradient(vector, natural, perLogDiagonal, gradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = -gradient[i];
        }
        return double.IsFinite(value) ? -value : double.PositiveInfinity;
    }
}
