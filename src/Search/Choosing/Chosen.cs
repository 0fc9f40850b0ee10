namespace Bitcurve.Search.Choosing;

/// <summary>The configuration that a search recommends.</summary>
public static class Chosen
{
    /// <summary>
    /// Best-ranked among the configurations of the highest fidelity present, so that a cheap optimistic figure never beats one measured
    /// at the target. Limits that nothing of that fidelity meets give null rather than a broken promise.
    /// </summary>
    public static Configuration? Of(IEnumerable<Configuration> configurations, ChoosingSettings settings)
    {
        IReadOnlyList<Configuration> comparable = AtHighestFidelity(configurations);
        return Ranking.Order(comparable, settings).FirstOrDefault();
    }

    /// <summary>Only configurations of one fidelity can be compared: those of the highest one.</summary>
    public static IReadOnlyList<Configuration> AtHighestFidelity(IEnumerable<Configuration> configurations)
    {
        Configuration[] all = [.. configurations];
        int highest = all.Length == 0 ? 0 : all.Max(configuration => configuration.Epochs);
        return [.. all.Where(configuration => configuration.Epochs == highest)];
    }
}
