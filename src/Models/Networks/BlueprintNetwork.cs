using Bitcurve.Models.Architecture;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// A blueprint with weights: one tensor in, N x C x positions, one out, e.g. N x K logits. Modules have the paths that the blueprint gives them.
/// </summary>
public sealed class BlueprintNetwork : TrainableNetwork
{
    private readonly ModuleAssembly assembly;
    private readonly Func<Tensor, Tensor> compute;

    /// <summary>Draws the weights from the global generator, in module order.</summary>
    /// <param name="blueprint">What to build.</param>
    /// <param name="series">Series in place of kernels; null for none.</param>
    /// <exception cref="ArgumentException">The series do not fit the kernels.</exception>
    public BlueprintNetwork(Blueprint blueprint, SeriesScheme? series = null)
        : base(blueprint.Name)
    {
        (Blueprint, Series) = (blueprint, series);
        assembly = new ModuleAssembly(this, series, blueprint);
        compute = assembly.Assemble(blueprint.Top, this);
        Convolutions = [.. blueprint.Convolutions.Select(placed => (placed.Path, assembly.Convolutions[placed.Path]))];
    }

    /// <summary>What the network is made of.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>Series in place of kernels; null for none.</summary>
    public SeriesScheme? Series { get; }

    public override IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions { get; }

    public Tensor call(Tensor input) => compute(input);

    /// <summary>As <see cref="call"/>, with what passed each <see cref="FeatureTap"/>, in module order. Not thread-safe.</summary>
    public (Tensor Output, IReadOnlyList<Tensor> Features) CallWithFeatures(Tensor input)
    {
        List<Tensor> features = [];
        assembly.Features = features;
        try
        {
            return (compute(input), features);
        }
        finally
        {
            assembly.Features = null;
        }
    }
}
