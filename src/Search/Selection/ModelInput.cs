using Bitcurve.Gp;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>How a network becomes a point of the Gaussian process: kernel coordinates, then features of the mean function.</summary>
internal sealed class ModelInput
{
    private readonly SearchDefinition definition;
    private readonly KernelInput kernel;
    private readonly MeanFeatures features;

    internal ModelInput(SearchDefinition definition)
    {
        this.definition = definition;
        kernel = new(definition.Selection.KernelInput, definition.Space);
        features = new(definition.Selection.Mean, definition.Space);
    }

    /// <summary>d + p.</summary>
    internal int Dimensions => kernel.Dimensions + features.Count;

    /// <summary>p.</summary>
    internal int LinearFeatures => features.Count;

    internal double[] Of(IReadOnlyList<double> w) => [.. kernel.Of(w), .. features.Of(w)];

    internal FitOptions FitOptions(bool isCold)
    {
        var priors = new HyperparameterPriors();
        return new()
        {
            Priors = priors,
            Basis = kernel.Basis(priors),
            LinearFeatures = features.Count,
            HasZeroMean = features.Count > 0,
            HasNugget = definition.Selection.Nugget,
            Seed = unchecked((int)definition.Seed),
            Restarts = isCold ? 3 : 1,
        };
    }
}
