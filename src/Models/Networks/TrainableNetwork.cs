using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>A network that can be trained and whose convolutions can be quantised; what it computes is its own affair.</summary>
public abstract class TrainableNetwork(string name) : nn.Module(name)
{
    /// <summary>The quantisable layers in module order, by their path; empty for a network without convolutions.</summary>
    public abstract IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions { get; }

    /// <summary>Sets what every convolution multiplies in.</summary>
    public void ComputeIn(ComputePrecision precision)
    {
        foreach (var (_, layer) in Convolutions)
        {
            layer.Precision = precision;
        }
    }
}

public static class TrainableNetworkDevice
{
    /// <summary>Moves a network's parameters and buffers to a device.</summary>
    public static T MovedTo<T>(this T network, Device device)
        where T : TrainableNetwork =>
        device.type == TorchSharp.DeviceType.CPU ? network : TorchSharp.ModuleExtensionMethods.to(network, device);
}
