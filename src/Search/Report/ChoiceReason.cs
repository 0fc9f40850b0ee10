using System.Globalization;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>Says in one sentence why the chosen network was chosen.</summary>
internal static class ChoiceReason
{
    public static string Of(SearchDefinition definition, Configuration chosen, int compared)
    {
        string networks = compared == 1 ? "the only network" : $"the {compared} networks";
        string fidelity = chosen.Epochs == definition.TargetEpochs
            ? $"measured at the target of {chosen.Epochs} epochs"
            : $"measured at {chosen.Epochs} epochs, the highest fidelity reached (the target is {definition.TargetEpochs})";
        return $"{Merit(definition)} among {networks} {fidelity}{Limits(definition.Choosing, Words(definition))}.";
    }

    private static string Merit(SearchDefinition definition) => definition.Choosing.RankBy switch
    {
        RankBy.Effective => $"{Words(definition).Best} effective {Words(definition).Name} ({Charge(definition, Words(definition))})",
        RankBy.Accuracy => $"{Words(definition).Best} {Words(definition).Name}",
        RankBy.Memory => "Least memory",
        RankBy.Bits => "Smallest sum of " + LevelWords.Sum(definition.Space.Subject),
        _ => "Fewest bit operations",
    };

    private static MetricWords Words(SearchDefinition definition) => MetricWords.Of(definition.Workload);

    private static string Charge(SearchDefinition definition, MetricWords words) => string.Create(
        CultureInfo.InvariantCulture,
        $"{words.Name} {(words.IsMinimized ? "plus" : "less")} {100 / definition.Choosing.BitsPerAccuracy:0.###} {words.RelativeUnit} for each {LevelWords.One(definition.Space.Subject)} beyond 4 per layer");

    private static string Limits(ChoosingSettings settings, MetricWords words)
    {
        string memory = settings.MaximumMemoryBytes is long bytes
            ? string.Create(CultureInfo.InvariantCulture, $", with at most {bytes} bytes")
            : "";
        string accuracy = settings.MinimumAccuracy is double least
            ? $", with {words.NameWithArticle} of {(words.IsMinimized ? "at most" : "at least")} {Limit(words, least)}"
            : "";
        return memory + accuracy;
    }

    private static string Limit(MetricWords words, double limit) => words.IsFraction
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * limit:0.##} %")
        : MetricWords.Significant(limit);
}
