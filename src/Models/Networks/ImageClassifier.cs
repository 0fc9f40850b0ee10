using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>A network from N x 3 x H x W images to N x K logits whose convolutions can be quantised.</summary>
public abstract class ImageClassifier(string name) : nn.Module<Tensor, Tensor>(name)
{
    private IReadOnlyList<(string Name, QuantizableConv2d Layer)>? convolutions;

    /// <summary>The quantisable layers in module order, by their path.</summary>
    public IReadOnlyList<(string Name, QuantizableConv2d Layer)> Convolutions =>
        convolutions ??= [.. named_modules().Where(m => m.module is QuantizableConv2d).Select(m => (m.name, (QuantizableConv2d)m.module))];
}

public static class ImageClassifierDevice
{
    /// <summary>Moves a network's parameters and buffers to a device.</summary>
    public static ImageClassifier MovedTo(this ImageClassifier network, Device device) =>
        device.type == TorchSharp.DeviceType.CPU ? network : TorchSharp.ModuleExtensionMethods.to(network, device);
}
