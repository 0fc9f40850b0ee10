namespace Bitcurve.Gp;

/// <summary>
/// The negative log posterior of the hyperparameters as a function of the <see cref="FreeParameters"/>: what a fit minimises. Not
/// thread-safe.
/// </summary>
internal sealed class LogPosterior : IDifferentiableFunction
{
    private readonly MarginalLikelihood _likelihood;
    private readonly LogPrior? _prior;
    private readonly FitOptions _options;
    private double[] _vector = [];
    private Hyperparameters? _at;
    private IntrinsicCoregionalization? _coregionalization;

    /// <param name="observations">Standardised.</param>
    /// <param name="kernel">The stationary part.</param>
    /// <param name="options">Priors, basis and whether means stay 0.</param>
    /// <param name="parameters">What a vector of P entries means; must agree with the options.</param>
    public LogPosterior(Observations observations, StationaryKernel kernel, FitOptions options, FreeParameters parameters)
    {
        _likelihood = new MarginalLikelihood(observations, kernel);
        _prior = options.Priors is { } priors ? new LogPrior(priors, hasOwnLengthscales: options.Basis is null) : null;
        (_options, Parameters) = (options, parameters);
    }

    public FreeParameters Parameters { get; }

    /// <summary>log p(y) of the last evaluation, without the prior.</summary>
    public double LogMarginalLikelihood { get; private set; }

    /// <summary>The hyperparameters of the last evaluation, with their means.</summary>
    public Hyperparameters At => new(_at!.Lengthscale, _at.CoregionalizationFactor, _at.NoiseVariance, _likelihood.Mean, _at.LinearVariance,
        _at.Nugget);

    /// <summary>Nats, up to the priors' constant; infinite where the covariance has no factor. O(n^3).</summary>
    public double Evaluate(ReadOnlySpan<double> point)
    {
        _vector = point.ToArray();
        _at = Parameters.Unpack(point);
        _coregionalization = IntrinsicCoregionalization.FromFactor(_at.CoregionalizationFactor);
        try
        {
            LogMarginalLikelihood = _likelihood.Evaluate(_at, _coregionalization, _options.HasZeroMean);
        }
        catch (NotPositiveDefiniteException)
        {
            // An extreme trial step of the line search: it turns back.
            return double.PositiveInfinity;
        }
        var value = LogMarginalLikelihood;
        if (_prior is not null)
        {
            value += _prior.Value(_at, _coregionalization) + CoefficientPrior([]);
        }
        return double.IsFinite(value) ? -value : double.PositiveInfinity;
    }

    /// <summary>Where <see cref="Evaluate"/> was last called and was finite; P entries. O(n^3).</summary>
    public void Gradient(Span<double> gradient)
    {
        var natural = _likelihood.Gradient();
        var perLogDiagonal = _prior?.AddGradient(_at!, _coregionalization!, natural) ?? 0;
        Parameters.ChainGradient(_vector, _at!, natural, perLogDiagonal, gradient);
        if (_prior is not null)
        {
            CoefficientPrior(gradient);
        }
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = -gradient[i];
        }
    }

    /// <summary>The normal prior of a basis' coefficients; its derivative is added unless the span is empty.</summary>
    private double CoefficientPrior(Span<double> gradient)
    {
        var value = 0.0;
        for (var j = 0; j < (_options.Basis?.Count ?? 0); j++)
        {
            var z = (_vector[j] - _options.Basis!.Centre[j]) / _options.Basis.Deviation[j];
            value -= 0.5 * z * z;
            if (!gradient.IsEmpty)
            {
                gradient[j] -= z / _options.Basis.Deviation[j];
            }
        }
        return value;
    }
}
