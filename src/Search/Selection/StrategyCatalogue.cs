using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The selection strategies by name.</summary>
public static class StrategyCatalogue
{
    public static readonly IReadOnlyList<string> Names = ["information-gain", "random"];

    /// <summary>Checks every name in the settings, so that a wrong one shows before any training.</summary>
    /// <exception cref="ArgumentException">A name is unknown; the message lists those there are.</exception>
    public static void Check(SelectionSettings settings)
    {
        settings.Validate();
        Require("Strategy", settings.Strategy, Names);
        Require("Kernel", settings.Kernel, SurrogateModel.KernelNames);
        Require("Kernel input", settings.KernelInput, KernelInput.Names);
        Require("Accuracy transform", settings.Transform, AccuracyTransform.Names);
        Require("About", settings.About, InformationGainStrategy.AboutNames);
    }

    /// <param name="definition">Names the strategy; its space decides the candidates.</param>
    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static ISelectionStrategy Create(SearchDefinition definition)
    {
        Check(definition.Selection);
        return Create(definition, Candidates.Of(definition.Space));
    }

    /// <param name="definition">Names the strategy.</param>
    /// <param name="candidates">The networks that it may pick, when they are not all of the space.</param>
    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static ISelectionStrategy Create(SearchDefinition definition, IReadOnlyList<Candidate> candidates)
    {
        Check(definition.Selection);
        return definition.Selection.Strategy == "random" ? new RandomStrategy(candidates) : new InformationGainStrategy(candidates);
    }

    private static void Require(string what, string name, IReadOnlyList<string> known)
    {
        if (!known.Contains(name))
        {
            throw new ArgumentException($"{what}: expected one of {string.Join(", ", known)}, actual '{name}'.");
        }
    }
}
