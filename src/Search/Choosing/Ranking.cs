namespace Bitcurve.Search.Choosing;

/// <summary>Orders configurations from best to worst under the hard limits of the settings.</summary>
public static class Ranking
{
    /// <summary>Best first; what breaks a hard limit is left out. Ties: the better metric, then less memory, then smaller bits.</summary>
    public static IReadOnlyList<Configuration> Order(IEnumerable<Configuration> configurations, ChoosingSettings settings)
    {
        settings.Validate();
        return [.. configurations
            .Where(configuration => IsAllowed(configuration, settings))
            .OrderByDescending(configuration => Merit(configuration, settings))
            .ThenByDescending(configuration => configuration.Score)
            .ThenBy(configuration => configuration.Size.DsconvBits)
            .ThenBy(configuration => configuration.Bits)];
    }

    public static bool IsAllowed(Configuration configuration, ChoosingSettings settings) =>
        (settings.MaximumMemoryBytes is not long maximum || configuration.Size.MemoryBytes <= maximum)
        && (settings.MinimumAccuracy is not double minimum || configuration.Score >= configuration.Scale.Score(minimum));

    /// <summary>The figure that is ranked by, larger is better: costs count negatively, a metric by its score.</summary>
    public static double Merit(Configuration configuration, ChoosingSettings settings) => settings.RankBy switch
    {
        RankBy.Effective => EffectiveAccuracy.Of(configuration.Score, configuration.Bits, settings.BitsPerAccuracy),
        RankBy.Accuracy => configuration.Score,
        RankBy.Memory => -configuration.Size.DsconvBits,
        RankBy.Bits => -configuration.Bits.Sum,
        RankBy.BitOperations => -configuration.Size.BitOperations,
        _ => throw new ArgumentException($"Rank by: expected a known rule, actual {settings.RankBy}.", nameof(settings)),
    };
}
