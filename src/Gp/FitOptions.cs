namespace Bitcurve.Gp;

/// <summary>How hyperparameters are fitted.</summary>
public sealed record FitOptions
{
    /// <summary>Null: maximum likelihood instead of maximum a posteriori; not advisable below about 10 observations per task.</summary>
    public HyperparameterPriors? Priors { get; init; } = new();

    /// <summary>
    /// How lengthscales depend on fewer coefficients, with a prior of its own; null: one lengthscale per dimension under
    /// <see cref="Priors"/>.
    /// </summary>
    public LengthscaleBasis? Basis { get; init; }

    /// <summary>p: the last coordinates of every point that are features of a mean function with marginalised coefficients;
    /// at least one coordinate stays for the kernel. Default 0.</summary>
    public int LinearFeatures { get; init; }

    /// <summary>Whether an effect peculiar to each input, seen by all its tasks, is fitted. Default no.</summary>
    public bool HasNugget { get; init; }

    /// <summary>Whether the means stay 0 (for standardised values) instead of following by generalised least squares.</summary>
    public bool HasZeroMean { get; init; }

    /// <summary>
    /// Starting points in [1, 100], the first at the priors' centre (or the warm start), the others drawn around it. 3: surfaces of few
    /// modes.
    /// </summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Seed of the starting points; the same data and seed give the same fit.</summary>
    public int Seed { get; init; }

    /// <summary>Limit on the optimiser's iterations per start, in [1, 10000].</summary>
    public int IterationLimit { get; init; } = 200;

    /// <summary>
    /// A start ends when two steps in a row gain no more than this, in nats, &gt;= 0. 1e-4: far below anything that data can tell apart.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>
    /// Rows, at least 1, above which the starts are tried on some of the inputs (half as many rows, or a quarter of all, at most 300) under
    /// priors, and only their best optima go on with all of them.
    /// </summary>
    public int SubsetAbove { get; init; } = 240;

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
        ArgumentOutOfRangeException.ThrowIfNegative(LinearFeatures);
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(SubsetAbove, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(NoiseFloor);
        Priors?.Validate();
    }
}
