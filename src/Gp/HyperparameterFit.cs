namespace Bitcurve.Gp;

/// <summary>
/// Maximum a posteriori hyperparameters by BFGS with analytic gradients from several seeded starts; the means follow in closed form at
/// every step. Expects standardised values. Not thread-safe.
/// </summary>
public sealed class HyperparameterFit
{
    /// <summary>Steps that every start gets before they are compared.</summary>
    private const int ScreeningIterations = 12;

    /// <summary>Starts that go on to the end.</summary>
    private const int Finalists = 2;

    /// <summary>Tolerance of a fit that goes on from an earlier one, in units of the ordinary one.</summary>
    private const double RefinementTolerance = 10;

    /// <summary>Values nearer than this, in nats, belong to one optimum.</summary>
    private const double SameOptimum = 0.05;

    /// <summary>Most rows of the part of the data on which starts are tried: an evaluation takes a few milliseconds.</summary>
    private const int MostPartRows = 300;

    private readonly Observations _observations;
    private readonly StationaryKernel _kernel;
    private readonly FitOptions _options;
    private readonly FreeParameters _parameters;
    private int _evaluations;

    private HyperparameterFit(Observations observations, StationaryKernel kernel, FitOptions options)
    {
        options.Validate();
        (_observations, _kernel, _options) = (observations, kernel, options);
        var priors = options.Priors ?? new HyperparameterPriors();
        var stationary = observations.Dimensions - options.LinearFeatures;
        var basis = options.Basis ?? LengthscaleBasis.Independent(stationary, priors.LengthscaleMedian, priors.LengthscaleLogDeviation);
        if (basis.Dimensions != stationary)
        {
            throw new ArgumentException($"Expected a basis of {stationary} lengthscales, got {basis.Dimensions}.", nameof(options));
        }
        // A basis is a statement about logarithms, so they stay where it is given.
        var isLogarithmic = options.Priors is not null || options.Basis is not null;
        _parameters = new FreeParameters(
            basis, options.LinearFeatures, options.HasNugget, observations.TaskCount, options.NoiseFloor, isLogarithmic);
        Starts = new StartingPoints(priors, basis, options, observations.TaskCount);
    }

    private StartingPoints Starts { get; }

    private int ScreeningLimit => Math.Min(ScreeningIterations, _options.IterationLimit);

    /// <summary>Fits hyperparameters to n observations. O(n^3) per evaluation; deterministic in its arguments.</summary>
    /// <param name="observations">Standardised.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">How; defaults when null.</param>
    /// <param name="warmStart">The first start, usually the last fit's result; the priors' centre when null.</param>
    /// <exception cref="ArgumentException">When an option is out of range or the warm start is for other numbers of dimensions or
    /// tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When the covariance is singular at every start.</exception>
    public static HyperparameterFitResult Fit(
        Observations observations, StationaryKernel kernel, FitOptions? options = null, WarmStart? warmStart = null)
    {
        warmStart?.Hyperparameters.RequireShape(observations.Dimensions, observations.TaskCount);
        return new HyperparameterFit(observations, kernel, options ?? new FitOptions()).Run(warmStart);
    }

    private HyperparameterFitResult Run(WarmStart? warmStart)
    {
        var function = Function(_observations);
        var isLarge = _observations.Count > _options.SubsetAbove;
        if (warmStart is not null && (isLarge || _options.Restarts == 1))
        {
            return Report(function, Refine(function, warmStart));
        }
        if (!isLarge)
        {
            return Report(function, Finals(function, warmStart)[0]);
        }
        return Report(function, Race(function, StartsFromPart()));
    }

    /// <summary>
    /// On from an earlier fit. Where its curvature is known as well, the first steps gain nearly everything there is; the many that follow
    /// at the default tolerance would gain some thousandths of a nat.
    /// </summary>
    private Minimum Refine(LogPosterior function, WarmStart warmStart)
    {
        var isKnown = warmStart.InverseHessian?.Length == _parameters.Count * _parameters.Count;
        var tolerance = isKnown ? RefinementTolerance * _options.Tolerance : _options.Tolerance;
        return Minimize(function, _parameters.Pack(warmStart.Hyperparameters), warmStart.InverseHessian, tolerance: tolerance);
    }

    /// <summary>
    /// The distinct optima of a part of the data: basins show there at a fraction of the cost. Always under priors, because so few rows
    /// have their maximum likelihood on a ridge more often than not, and all data take hundreds of steps to leave it.
    /// </summary>
    private List<Minimum> StartsFromPart()
    {
        var part = SampledInputs.Of(_observations, PartSize(_observations.Count), _options.Seed);
        var fit = new HyperparameterFit(part, _kernel, _options with { Priors = _options.Priors ?? new HyperparameterPriors() });
        var found = fit.Finals(fit.Function(part), null);
        _evaluations += fit._evaluations;
        // The curvature found is that of all data but for its scale.
        var scale = (double)part.Count / _observations.Count;
        var distinct = found.Where((minimum, i) => i == 0 || minimum.Value - found[0].Value > SameOptimum);
        return [.. distinct.Select(minimum => new Minimum(
            _parameters.Pack(fit._parameters.Unpack(minimum.Point)), minimum.Value, 0,
            _options.Priors is null ? null : minimum.InverseHessian?.Select(h => h * scale).ToArray()))];
    }

    /// <summary>Every start goes a few steps, the best goes on to the end.</summary>
    private Minimum Race(LogPosterior function, List<Minimum> starts)
    {
        if (starts.Count == 1)
        {
            return Minimize(function, starts[0].Point, starts[0].InverseHessian);
        }
        var best = starts.Select(start => Minimize(function, start.Point, start.InverseHessian, ScreeningLimit))
            .MinBy(minimum => minimum.Value)!;
        return double.IsFinite(best.Value) ? Minimize(function, best.Point, best.InverseHessian) : best;
    }

    /// <summary>Rows of the part on which starts are tried: more of them where more follow, for they then cost next to nothing.</summary>
    private int PartSize(int count) => Math.Max(_options.SubsetAbove / 2, Math.Min(count / 4, MostPartRows));

    private LogPosterior Function(Observations observations) => new(observations, _kernel, _options, _parameters);

    /// <summary>
    /// Every start goes a few steps; only the most promising go on to the end. A bad basin shows early, and most starts share one. The best
    /// comes first.
    /// </summary>
    private List<Minimum> Finals(LogPosterior function, WarmStart? warmStart)
    {
        var source = new StandardNormal(_options.Seed);
        var screened = new List<Minimum>();
        for (var start = 0; start < _options.Restarts; start++)
        {
            var isWarm = start == 0 && warmStart is not null;
            var from = isWarm ? warmStart!.Hyperparameters : start == 0 ? Starts.Centre() : Starts.Draw(source);
            var limit = _options.Restarts == 1 ? _options.IterationLimit : ScreeningLimit;
            screened.Add(Minimize(function, _parameters.Pack(from), isWarm ? warmStart!.InverseHessian : null, limit));
        }
        if (_options.Restarts == 1)
        {
            return screened;
        }
        var finals = screened.OrderBy(minimum => minimum.Value).Take(Finalists).Select(minimum => double.IsFinite(minimum.Value)
            ? Minimize(function, minimum.Point, minimum.InverseHessian, _options.IterationLimit)
            : minimum);
        return [.. finals.OrderBy(minimum => minimum.Value)];
    }

    private Minimum Minimize(LogPosterior function, double[] start, double[]? inverseHessian, int? limit = null, double? tolerance = null)
    {
        var minimum = new Bfgs(function, limit ?? _options.IterationLimit, tolerance ?? _options.Tolerance).Minimize(start, inverseHessian);
        _evaluations += minimum.Evaluations;
        return minimum;
    }

    private HyperparameterFitResult Report(LogPosterior function, Minimum best)
    {
        if (!double.IsFinite(best.Value))
        {
            throw new NotPositiveDefiniteException(_observations.Count, Cholesky.Jitters);
        }
        function.Evaluate(best.Point);
        return new HyperparameterFitResult(
            function.At, -best.Value, function.LogMarginalLikelihood, _evaluations, best.InverseHessian);
    }
}
