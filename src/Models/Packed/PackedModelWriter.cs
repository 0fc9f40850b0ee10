using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Packed;

/// <summary>Lays a network's tensors out as sections and describes them in the header.</summary>
internal static class PackedModelWriter
{
    // No computation reads the batch counter of a batch norm; a network that is built has 0.
    private const string BatchCounter = "num_batches_tracked";

    public static void Write(Stream stream, BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options, PackedModelInfo info)
    {
        Check(network, bits, options, info);
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        List<byte[]> sections = [.. network.Convolutions.Select((c, k) => PackedWeights.Encode(c.Name, c.Layer.Weight, bits[k], options))];
        var end = 0L;
        var layers = new List<PackedLayer>();
        foreach (var ((name, layer), section, width) in network.Convolutions.Zip(sections, bits))
        {
            layers.Add(new PackedLayer
            {
                Name = name,
                Shape = layer.Weight.shape,
                Bits = width,
                Offset = end,
                Length = section.Length,
                Checksum = PackedFormat.Checksum(section),
            });
            end += section.Length;
        }

        var (tensors, rest) = Others(network, end);
        stream.Write(PackedFormat.Frame(Header(network, info, options, layers, tensors, rest)));
        sections.ForEach(section => stream.Write(section));
        stream.Write(rest);
    }

    private static void Check(BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options, PackedModelInfo info)
    {
        NetworkCatalogue.Check(info.Network);
        if (bits.Count != network.Convolutions.Count)
        {
            throw new ArgumentException($"{info.Network} has {network.Convolutions.Count} quantised layers, got {bits.Count} bit-widths", nameof(bits));
        }

        foreach (var width in bits.Where(width => width != 0))
        {
            BitRange.Check(width);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1);
        var channels = info.Normalization.Mean.Count;
        if (info.InputShape.Count is not (3 or 4) || info.InputShape.Any(extent => extent < 1) || info.InputShape[0] != channels)
        {
            throw new ArgumentException($"expected an input shape [{channels}, H, W] or [{channels}, D, H, W], got [{string.Join(", ", info.InputShape)}]", nameof(info));
        }

        CheckShapes(network, info);
    }

    // What no reader would take back is not written: the tensors must be those of the named network for so many classes.
    private static void CheckShapes(BlueprintNetwork network, PackedModelInfo info)
    {
        using var built = NetworkCatalogue.Create(info.Network, info.ClassNames.Count, network.Series, info.InputShape);
        var expected = built.state_dict();
        var actual = network.state_dict();
        foreach (var name in expected.Keys.Union(actual.Keys))
        {
            var (wanted, given) = (Shape(expected, name), Shape(actual, name));
            if (wanted != given)
            {
                throw new ArgumentException(
                    $"tensor '{name}': expected {wanted} for {info.Network} with {info.ClassNames.Count} class names, got {given}", nameof(info));
            }
        }
    }

    private static string Shape(Dictionary<string, Tensor> tensors, string name) =>
        tensors.TryGetValue(name, out var tensor) ? $"[{string.Join(", ", tensor.shape)}]" : "no such tensor";

    private static (List<PackedTensor> Tensors, byte[] Section) Others(BlueprintNetwork network, long start)
    {
        var convolutions = network.Convolutions.Select(c => $"{c.Name}.weight").ToHashSet(StringComparer.Ordinal);
        using var section = new MemoryStream();
        var tensors = new List<PackedTensor>();
        foreach (var (name, tensor) in network.state_dict().Where(e => IsStored(e.Key) && !convolutions.Contains(e.Key)))
        {
            var (type, bytes) = Bytes(name, tensor);
            tensors.Add(new PackedTensor { Name = name, Type = type, Shape = tensor.shape, Offset = start + section.Length, Length = bytes.Length });
            section.Write(bytes);
        }

        return (tensors, section.ToArray());
    }

    /// <summary>Whether a tensor of a state dict is in a packed file.</summary>
    public static bool IsStored(string name) => !name.EndsWith(BatchCounter, StringComparison.Ordinal);

    private static (string Type, byte[] Bytes) Bytes(string name, Tensor tensor)
    {
        var bytes = new byte[tensor.numel() * tensor.ElementSize];
        switch (tensor.dtype)
        {
            case ScalarType.Float32:
                LittleEndian.Write(tensor.data<float>().ToArray(), bytes);
                return (PackedTensor.Float32, bytes);
            case ScalarType.Int64:
                LittleEndian.Write(tensor.data<long>().ToArray(), bytes);
                return (PackedTensor.Int64, bytes);
            default:
                throw new ArgumentException($"tensor '{name}': expected Float32 or Int64, got {tensor.dtype}", nameof(tensor));
        }
    }

    private static PackedHeader Header(
        BlueprintNetwork network, PackedModelInfo info, QuantizerOptions options, List<PackedLayer> layers, List<PackedTensor> tensors, byte[] rest) => new()
        {
            Network = info.Network,
            Workload = info.Workload,
            InputShape = [.. info.InputShape],
            Mean = [.. info.Normalization.Mean],
            StandardDeviation = [.. info.Normalization.StandardDeviation],
            ClassNames = [.. info.ClassNames],
            BlockSize = options.BlockSize,
            Rounding = options.Rounding,
            QuantizeActivations = options.QuantizeActivations,
            Multipliers = options.Multipliers,
            Series = network.Series is { } series ? new PackedSeries { Kind = series.Kind, Harmonics = series.ToString() } : null,
            Layers = [.. layers],
            Tensors = [.. tensors],
            TensorsChecksum = PackedFormat.Checksum(rest),
        };
}
