using Bitcurve.Models.Networks;

namespace Bitcurve.Models.Quantization;

/// <summary>
/// A network computing with given bit-widths while its FP32 weights stay in place as the shadow that training updates (straight-through
/// estimator, thesis ch. 3): <see cref="Requantize"/> before each forward pass, <see cref="PassGradients"/> after the backward pass.
/// Disposing returns the network to FP32.
/// </summary>
public sealed class QuantizedNetwork : IDisposable
{
    private readonly IReadOnlyList<QuantizableConvolution> layers;
    private readonly IReadOnlyList<int> bits;
    private readonly QuantizerOptions options;

    /// <param name="network">Stays the caller's.</param>
    /// <param name="bits">One entry per layer of <see cref="TrainableNetwork.Convolutions"/>, each 1..8, or 0 for a layer that stays in FP32.</param>
    /// <param name="options">How to quantise.</param>
    /// <exception cref="ArgumentException">The number of entries differs, or an entry is outside 1..8.</exception>
    public QuantizedNetwork(TrainableNetwork network, IReadOnlyList<int> bits, QuantizerOptions options)
    {
        layers = [.. network.Convolutions.Select(c => c.Layer)];
        if (bits.Count != layers.Count)
        {
            throw new ArgumentException($"{network.GetName()} has {layers.Count} quantised layers, got {bits.Count} bit-widths");
        }

        foreach (var width in bits.Where(width => width != 0))
        {
            BitRange.Check(width);
        }

        (this.bits, this.options) = (bits, options);

        // The first layer's input is the image, which stays as it is.
        for (var k = 1; k < layers.Count && options.QuantizeActivations; k++)
        {
            if (bits[k] > 0)
            {
                layers[k].ActivationBits = bits[k];
                layers[k].ActivationBlockSize = options.BlockSize;
            }
        }
    }

    /// <summary>Quantises every layer's present FP32 weights. With <paramref name="forTraining"/> gradients are collected for <see cref="PassGradients"/>.</summary>
    public void Requantize(bool forTraining)
    {
        for (var k = 0; k < layers.Count; k++)
        {
            if (bits[k] == 0)
            {
                continue;
            }

            layers[k].QuantizedWeight?.Dispose();
            layers[k].QuantizedWeight = DsConv.Quantize(layers[k].Weight, bits[k], options).DetachFromDisposeScope().with_requires_grad(forTraining);
        }
    }

    /// <summary>Gives each FP32 weight the gradient that its quantised values received.</summary>
    public void PassGradients()
    {
        foreach (var layer in layers.Where(layer => layer.QuantizedWeight is not null))
        {
            using var gradient = layer.QuantizedWeight!.grad;
            layer.Weight.grad = gradient;
        }
    }

    public void Dispose()
    {
        foreach (var layer in layers)
        {
            layer.QuantizedWeight?.Dispose();
            layer.QuantizedWeight = null;
            layer.ActivationBits = null;
        }
    }
}
