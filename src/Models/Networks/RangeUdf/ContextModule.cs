using Bitcurve.Models.Networks.Points;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.RangeUdf;

/// <summary>
/// The contextualising module (thesis 6.3.2): from encodings that were learned for reconstruction it computes a few channels more, which tell
/// what the surroundings are and make semantics separable.
/// </summary>
public sealed class ContextModule : nn.Module
{
    private readonly PointTransformer? transformer;
    private readonly Perceptron? perceptron;

    /// <param name="inputs">d, channels of an encoding.</param>
    /// <param name="description">What computes the context.</param>
    /// <exception cref="ArgumentException">The description's network does not take d channels.</exception>
    public ContextModule(int inputs, ContextDescription description)
        : base(nameof(ContextModule))
    {
        if (description.Network is not { } network)
        {
            register_module(nameof(perceptron), perceptron = new Perceptron(inputs, description.HiddenWidths, description.Outputs));
            return;
        }

        if (network.Inputs != inputs)
        {
            throw new ArgumentException($"context module: expected a network that takes the encoding's {inputs} channels, actual {network.Inputs}");
        }

        register_module(nameof(transformer), transformer = new PointTransformer(network));
    }

    /// <summary>N x d to N x l.</summary>
    public Tensor call(Tensor encodings, PointBatch points) => transformer?.call(encodings, points) ?? perceptron!.call(encodings);
}
