using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The selection strategies by name.</summary>
public static class StrategyCatalogue
{
    public static readonly IReadOnlyList<string> Names = ["information-gain", "random"];

    /// <param name="definition">Names the strategy; its space decides the candidates.</param>
    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static ISelectionStrategy Create(SearchDefinition definition)
    {
        var candidates = Candidates.Of(definition.Space);
        return definition.Selection.Strategy switch
        {
            "information-gain" => new InformationGainStrategy(candidates),
            "random" => new RandomStrategy(candidates),
            var other => throw new ArgumentException($"Strategy: expected one of {string.Join(", ", Names)}, actual '{other}'."),
        };
    }
}
