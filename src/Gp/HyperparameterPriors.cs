namespace Bitcurve.Gp;

/// <summary>
/// Weakly informative priors for inputs in the unit cube and standardised values. They decide while there are few observations and fade as
/// data come. Densities are over the logarithms, so that the mode is the median named here.
/// </summary>
public sealed record HyperparameterPriors
{
    /// <summary>Median of every lengthscale, log-normal. 0.5: half of the unit cube, a function with a few bends.</summary>
    public double LengthscaleMedian { get; init; } = 0.5;

    /// <summary>Standard deviation of log lengthscale. 0.75: mostly between 0.1 and 2.2.</summary>
    public double LengthscaleLogDeviation { get; init; } = 0.75;

    /// <summary>Median of every B_ll, log-normal. 1: standardised values have unit variance.</summary>
    public double VarianceMedian { get; init; } = 1;

    /// <summary>Standard deviation of log B_ll. 1: mostly between 0.14 and 7.</summary>
    public double VarianceLogDeviation { get; init; } = 1;

    /// <summary>
    /// Centre of the normal penalty on the correlation of two tasks. 0.5: accuracies at two fidelities rise together, but not surely.
    /// </summary>
    public double CorrelationMean { get; init; } = 0.5;

    /// <summary>Standard deviation of that penalty. 0.5: opposite tasks are unlikely, not excluded.</summary>
    public double CorrelationDeviation { get; init; } = 0.5;

    /// <summary>
    /// eta of a density proportional to |correlation matrix|^(eta - 1) (Lewandowski, Kurowicka and Joe 2009). 1.2: just enough to keep B
    /// from becoming singular, where information gains of other tasks would be exaggerated.
    /// </summary>
    public double CorrelationShape { get; init; } = 1.2;

    /// <summary>
    /// Median of every noise variance, log-normal, as a fraction of the standardised variance. 5e-3: a rerun's standard deviation is 7 % of
    /// the spread.
    /// </summary>
    public double NoiseVarianceMedian { get; init; } = 5e-3;

    /// <summary>Standard deviation of log noise variance. 1.5: mostly between 2.5e-4 and 0.1.</summary>
    public double NoiseVarianceLogDeviation { get; init; } = 1.5;

    /// <summary>
    /// Median of every linear variance, log-normal, relative to B. 1: the linear part explains about as much as the rest.
    /// </summary>
    public double LinearVarianceMedian { get; init; } = 1;

    /// <summary>Standard deviation of log linear variance. 1.5: mostly between 0.05 and 20.</summary>
    public double LinearVarianceLogDeviation { get; init; } = 1.5;

    /// <summary>
    /// Median of the nugget, log-normal, relative to B. 0.03: what is peculiar to one input is a sixth of the smooth part's spread.
    /// </summary>
    public double NuggetMedian { get; init; } = 0.03;

    /// <summary>Standard deviation of log nugget. 1: mostly between 4e-3 and 0.2.</summary>
    public double NuggetLogDeviation { get; init; } = 1;

    /// <exception cref="ArgumentException">When a median or deviation is not positive, the mean correlation not in (-1, 1) or the shape
    /// below 1.</exception>
    internal void Validate()
    {
        RequirePositive(LengthscaleMedian, nameof(LengthscaleMedian));
        RequirePositive(LengthscaleLogDeviation, nameof(LengthscaleLogDeviation));
        RequirePositive(VarianceMedian, nameof(VarianceMedian));
        RequirePositive(VarianceLogDeviation, nameof(VarianceLogDeviation));
        RequirePositive(CorrelationDeviation, nameof(CorrelationDeviation));
        RequirePositive(NoiseVarianceMedian, nameof(NoiseVarianceMedian));
        RequirePositive(NoiseVarianceLogDeviation, nameof(NoiseVarianceLogDeviation));
        RequirePositive(LinearVarianceMedian, nameof(LinearVarianceMedian));
        RequirePositive(LinearVarianceLogDeviation, nameof(LinearVarianceLogDeviation));
        RequirePositive(NuggetMedian, nameof(NuggetMedian));
        RequirePositive(NuggetLogDeviation, nameof(NuggetLogDeviation));
        Require(Math.Abs(CorrelationMean) < 1, nameof(CorrelationMean), "in (-1, 1)", CorrelationMean);
        Require(CorrelationShape >= 1 && double.IsFinite(CorrelationShape), nameof(CorrelationShape), "of at least 1", CorrelationShape);
    }

    private static void RequirePositive(double value, string name) => Require(value > 0 && double.IsFinite(value), name, "> 0", value);

    private static void Require(bool holds, string name, string expected, double actual)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected {name} {expected}, got {actual}."));
        }
    }
}
