using System.Security.Cryptography;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;

namespace Bitcurve.Models.Onnx;

/// <summary>
/// Writes a network as an ONNX model that computes what the fine-tuned network computes: weights as 2-, 4- or 8-bit integers with blocked
/// DequantizeLinear, activations rounded to block floating point by standard operators, everything else in FP32. Input <c>image</c>
/// (N x C x positions, normalised values), output <c>logits</c> (N x K, or N x K x positions); names, normalisation and bits are in the metadata.
/// </summary>
public static class OnnxExport
{
    /// <summary>What the names of ONNX files end with.</summary>
    public const string Extension = ".onnx";

    private const string Producer = "bitcurve";

    // Blocked DequantizeLinear and 4-bit integers came with opset 21, 2-bit integers with opset 25; each needs its IR version.
    private static readonly (int Opset, int IrVersion) WithInt4 = (21, 10);
    private static readonly (int Opset, int IrVersion) WithInt2 = (25, 13);

    /// <summary>Bits that a weight of a bit-width takes in the file: 2, 4 or 8, the widths of ONNX's integers; 0 for FP32.</summary>
    public static int StoredBits(int bits) => bits switch { 0 => 0, <= 2 => 2, <= 4 => 4, _ => 8 };

    /// <summary>Quantises a network's present weights and writes the model.</summary>
    /// <param name="stream">Written to from its position, and left open.</param>
    /// <param name="network">Of the name that <paramref name="info"/> has; unchanged.</param>
    /// <param name="bits">One entry per layer of <see cref="BlueprintNetwork.Convolutions"/>: 1..8, or 0 to leave the layer and its input in FP32.</param>
    /// <param name="options">How the network was fine-tuned.</param>
    /// <param name="info">What the metadata say.</param>
    /// <exception cref="ArgumentException">Entries, names or the image size do not fit the network.</exception>
    /// <exception cref="OverflowException">The model is larger than the 2 GiB that one such file can hold.</exception>
    public static void Write(Stream stream, BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options, PackedModelInfo info)
    {
        Check(network, bits, options, info);
        var top = Placement.Of(network.Blueprint.Top.Block, info.InputShape);
        var (opset, irVersion) = bits.Any(width => width is 1 or 2) ? WithInt2 : WithInt4;
        var graph = new OnnxNetworkGraph(network, bits, options).Build(top);
        var function = BlockFloatingPointFunction.Build(opset);

        // The function comes last: a file without it is not whole.
        new ProtoMessage()
            .Add(OnnxFields.Model.IrVersion, irVersion)
            .Add(OnnxFields.Model.ProducerName, Producer)
            .Add(OnnxFields.Model.OpsetImport, OnnxGraph.OperatorSet("", opset))
            .Add(OnnxFields.Model.OpsetImport, OnnxGraph.OperatorSet(BlockFloatingPointFunction.Domain, 1))
            .AddAll(OnnxFields.Model.MetadataProps, OnnxMetadata.Of(info, bits, Checksum(graph, function)).Select(Entry))
            .Add(OnnxFields.Model.Graph, graph)
            .Add(OnnxFields.Model.Functions, function)
            .WriteTo(stream);
    }

    private static string Checksum(params ReadOnlySpan<ProtoMessage> parts)
    {
        using var hash = SHA256.Create();
        using var sink = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write);
        foreach (var part in parts)
        {
            part.WriteTo(sink);
        }

        sink.FlushFinalBlock();
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static void Check(BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options, PackedModelInfo info)
    {
        if (info.Network != network.Blueprint.Name)
        {
            throw new ArgumentException($"expected the name of the network, {network.Blueprint.Name}, got {info.Network}", nameof(info));
        }

        if (bits.Count != network.Convolutions.Count)
        {
            throw new ArgumentException($"{info.Network} has {network.Convolutions.Count} quantised layers, got {bits.Count} bit-widths", nameof(bits));
        }

        foreach (var width in bits.Where(width => width != 0))
        {
            BitRange.Check(width);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1);
        var classes = network.Blueprint.Top.Output[0];
        if (classes != info.ClassNames.Count)
        {
            throw new ArgumentException($"{info.Network} is built for {classes} classes, got {info.ClassNames.Count} names", nameof(info));
        }
    }

    private static ProtoMessage Entry(KeyValuePair<string, string> entry) => new ProtoMessage()
        .Add(OnnxFields.StringStringEntry.Key, entry.Key)
        .Add(OnnxFields.StringStringEntry.Value, entry.Value);
}
