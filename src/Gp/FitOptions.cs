namespace Bitcurve.Gp;

/// <summary>How hyperparameters are fitted.</summary>
public sealed record FitOptions
{
    /// <summary>Null: maximum likelihood instead of maximum a posteriori; not advisable below about 10 observations per task.</summary>
    public HyperparameterPriors? Priors { get; init; } = new();

    /// <summary>
    /// Starting points in [1, 100], the first at the priors' centre (or the warm start), the others drawn around it. 3: surfaces of few
    /// modes.
    /// </summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Seed of the starting points; the same data and seed give the same fit.</summary>
    public int Seed { get; init; }

    /// <summary>Limit on the optimiser's iterations per start, in [1, 10000].</summary>
    public int IterationLimit { get; init; } = 100;

    /// <summary>
    /// Lower bound of every noise variance, &gt; 0, as a fraction of the standardised variance. 1e-6 keeps duplicated inputs
    /// well-conditioned.
    /// </summary>
    public double NoiseFloor { get; init; } = 1e-6;

    /// <exception cref="ArgumentException">When an option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Restarts, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(IterationLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(IterationLimit, 10_000);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(NoiseFloor);
        Priors?.Validate();
    }
}
