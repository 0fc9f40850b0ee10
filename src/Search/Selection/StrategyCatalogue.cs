using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The selection strategies by name.</summary>
public static class StrategyCatalogue
{
    public static readonly IReadOnlyList<string> Names =
        ["information-gain", "mf-mi-greedy", "ucb", "front-ucb", "alternate", "hyperband", "random"];

    /// <summary>Those that fit a model, and so know the expected regret of stopping.</summary>
    public static readonly IReadOnlyList<string> NamesWithModel = [.. Names.Except(["hyperband", "random"])];

    /// <summary>Checks every name in the settings, so that a wrong one shows before any training.</summary>
    /// <exception cref="ArgumentException">A name is unknown; the message lists those there are.</exception>
    public static void Check(SelectionSettings settings)
    {
        settings.Validate();
        Require("Strategy", settings.Strategy, Names);
        Require("Kernel", settings.Kernel, SurrogateModel.KernelNames);
        Require("Kernel input", settings.KernelInput, KernelInput.Names);
        Require("Closing", settings.Closing, ClosingJobs.Names);
        Require("Mean", settings.Mean, MeanFeatures.Names);
        Require("Accuracy transform", settings.Transform, AccuracyTransform.Names);
        Require("About", settings.About, InformationGainStrategy.AboutNames);
        if (settings.StopRegret is not null)
        {
            Require("Strategy of a search that stops by its regret", settings.Strategy, NamesWithModel);
        }
    }

    /// <summary>The strategy that the definition names, over every distinct network of its space.</summary>
    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static ISelectionStrategy Create(SearchDefinition definition) => Create(definition, SharedCandidates.Of(definition.Space));

    /// <summary>The same over some networks only, e.g. those of a table of results.</summary>
    /// <param name="definition">Names the strategy.</param>
    /// <param name="candidates">Distinct networks of the definition's space.</param>
    /// <exception cref="ArgumentException">Unknown name, or no candidate.</exception>
    public static ISelectionStrategy Create(SearchDefinition definition, IReadOnlyList<Candidate> candidates)
    {
        Check(definition.Selection);
        if (candidates.Count == 0)
        {
            throw new ArgumentException("Candidates: expected at least one network, actual none.", nameof(candidates));
        }

        return definition.Selection.Strategy switch
        {
            "information-gain" => new InformationGainStrategy(candidates),
            "mf-mi-greedy" => new MultiFidelityGreedyStrategy(candidates),
            "ucb" => new UpperConfidenceStrategy(candidates),
            "front-ucb" => new FrontConfidenceStrategy(candidates),
            "alternate" => new AlternateStrategy(candidates),
            "hyperband" => new HyperbandStrategy(candidates),
            _ => new RandomStrategy(candidates),
        };
    }

    private static void Require(string what, string name, IReadOnlyList<string> known)
    {
        if (!known.Contains(name))
        {
            throw new ArgumentException($"{what}: expected one of {string.Join(", ", known)}, actual '{name}'.");
        }
    }
}
