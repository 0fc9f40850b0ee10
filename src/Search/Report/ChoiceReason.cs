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
        return $"{Merit(definition)} among {networks} {fidelity}{Limits(definition.Choosing)}.";
    }

    private static string Merit(SearchDefinition definition) => definition.Choosing.RankBy switch
    {
        RankBy.Effective => string.Create(
            CultureInfo.InvariantCulture,
            $"Highest effective accuracy (accuracy less {100 / definition.Choosing.BitsPerAccuracy:0.###} points for each {LevelWords.One(definition.Space.Subject)} beyond 4 per layer)"),
        RankBy.Accuracy => "Highest accuracy",
        RankBy.Memory => "Least memory",
        RankBy.Bits => "Smallest sum of " + LevelWords.Sum(definition.Space.Subject),
        _ => "Fewest bit operations",
    };

    private static string Limits(ChoosingSettings settings)
    {
        string memory = settings.MaximumMemoryBytes is long bytes
            ? string.Create(CultureInfo.InvariantCulture, $", with at most {bytes} bytes")
            : "";
        string accuracy = settings.MinimumAccuracy is double least
            ? string.Create(CultureInfo.InvariantCulture, $", with an accuracy of at least {100 * least:0.##} %")
            : "";
        return memory + accuracy;
    }
}
