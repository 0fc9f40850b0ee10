using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Packed;

/// <summary>The check that a file holds exactly the tensors of the network that it names.</summary>
/// <param name="header">Checked in itself.</param>
/// <param name="start">File offset of the first section.</param>
/// <param name="file">For messages.</param>
internal sealed class PackedNetworkCheck(PackedHeader header, long start, string file)
{
    private string What => $"weights for {header.Network}";

    /// <exception cref="DataFormatException">A layer or tensor is missing, superfluous, of another type or of another shape.</exception>
    public void Run(BlueprintNetwork network)
    {
        CheckLayers(network);
        var layers = header.Layers.Select(layer => $"{layer.Name}.weight").ToHashSet(StringComparer.Ordinal);
        var targets = network.state_dict().Where(e => PackedModelWriter.IsStored(e.Key) && !layers.Contains(e.Key)).ToDictionary();
        foreach (var packed in header.Tensors)
        {
            if (!targets.Remove(packed.Name, out var target))
            {
                throw Fault(packed.Offset, "no other tensors", packed.Name);
            }

            var type = target.dtype == ScalarType.Int64 ? PackedTensor.Int64 : PackedTensor.Float32;
            if (packed.Type != type || !packed.Shape.SequenceEqual(target.shape))
            {
                throw Fault(packed.Offset, $"{packed.Name} of {type} {Text(target.shape)}", $"{packed.Type} {Text(packed.Shape)}");
            }
        }

        if (targets.Count > 0)
        {
            throw Fault(0, $"a tensor {targets.Keys.First()}", "no such tensor");
        }
    }

    private void CheckLayers(BlueprintNetwork network)
    {
        var convolutions = network.Convolutions;
        if (header.Layers.Length != convolutions.Count)
        {
            throw Fault(0, $"{convolutions.Count} layers", $"{header.Layers.Length}");
        }

        foreach (var (packed, (name, layer)) in header.Layers.Zip(convolutions))
        {
            var shape = layer.Weight.shape;
            if (packed.Name != name || !packed.Shape.SequenceEqual(shape))
            {
                throw Fault(packed.Offset, $"{name} of shape {Text(shape)}", $"{packed.Name} of shape {Text(packed.Shape)}");
            }
        }
    }

    private DataFormatException Fault(long offset, string expected, string actual) => new(file, What, start + offset, expected, actual);

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";
}
