namespace Bitcurve.Models.Series;

/// <summary>Where a gradient fit starts.</summary>
public enum SeriesFitStart
{
    /// <summary>Thesis ch. 4, section 3.4: cosine N(0, 1 / (C K)) for C input channels and K positions; Chebyshev the filter's mean and zeros.</summary>
    Thesis,

    /// <summary>The least-squares solution.</summary>
    ClosedForm,
}

/// <summary>How <see cref="SeriesFit.GradientFit"/> descends.</summary>
/// <param name="Start">The first coefficients.</param>
/// <param name="StepsPerRate">Adam steps at each learning rate, at least 0.</param>
/// <param name="Seed">Seed of a random start.</param>
public sealed record SeriesFitOptions(SeriesFitStart Start = SeriesFitStart.Thesis, int StepsPerRate = 200, long Seed = 0)
{
    public static readonly SeriesFitOptions Default = new();

    /// <summary>Adam's learning rates, one after the other; its averages go on from one to the next.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [0.1, 0.01, 0.001];

    internal void Check()
    {
        if (StepsPerRate < 0)
        {
            throw new ArgumentException($"{nameof(StepsPerRate)}: expected at least 0, got {StepsPerRate}");
        }

        foreach (var rate in LearningRates)
        {
            if (!(double.IsFinite(rate) && rate > 0))
            {
                throw new ArgumentException($"{nameof(LearningRates)}: expected positive finite numbers, got {rate}");
            }
        }
    }
}
