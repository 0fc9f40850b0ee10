using Bitcurve.Models.Architecture;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// A blueprint with weights: a network from N x C x positions to N x K logits whose convolutions can be quantised. Modules have the paths that
/// the blueprint gives them.
/// </summary>
public sealed class ImageClassifier : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> compute;

    /// <summary>Draws the weights from the global generator, in module order.</summary>
    /// <param name="blueprint">What to build.</param>
    /// <param name="series">Series in place of kernels; null for none.</param>
    /// <exception cref="ArgumentException">The series do not fit the kernels.</exception>
    public ImageClassifier(Blueprint blueprint, SeriesScheme? series = null)
        : base(blueprint.Name)
    {
        (Blueprint, Series) = (blueprint, series);
        var assembly = new ModuleAssembly(this, series, blueprint);
        compute = assembly.Assemble(blueprint.Top, this);
        Convolutions = [.. blueprint.Convolutions.Select(placed => (placed.Path, assembly.Convolutions[placed.Path]))];
    }

    /// <summary>What the network is made of.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>Series in place of kernels; null for none.</summary>
    public SeriesScheme? Series { get; }

    /// <summary>The quantisable layers in module order, by their path.</summary>
    public IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions { get; }

    /// <summary>Sets what every convolution multiplies in.</summary>
    public void ComputeIn(ComputePrecision precision)
    {
        foreach (var (_, layer) in Convolutions)
        {
            layer.Precision = precision;
        }
    }

    public override Tensor forward(Tensor input) => compute(input);
}

public static class ImageClassifierDevice
{
    /// <summary>Moves a network's parameters and buffers to a device.</summary>
    public static ImageClassifier MovedTo(this ImageClassifier network, Device device) =>
        device.type == TorchSharp.DeviceType.CPU ? network : TorchSharp.ModuleExtensionMethods.to(network, device);
}
