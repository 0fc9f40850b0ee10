using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Packed;

/// <summary>
/// A fine-tuned network as a file that is really small: each quantised convolution as densely packed integers and 16-bit block multipliers, all else
/// in FP32, with checksums over every byte (<see cref="PackedFormat"/>). An opened model is wholly checked and in memory; it is immutable.
/// </summary>
public sealed class PackedModel
{
    /// <summary>What the names of packed files end with.</summary>
    public const string Extension = ".bitcurve";

    private readonly PackedHeader header;
    private readonly byte[] bytes;
    private readonly int start;

    private PackedModel(PackedHeader header, byte[] bytes, int start)
    {
        (this.header, this.bytes, this.start) = (header, bytes, start);
        Info = new PackedModelInfo
        {
            Network = header.Network,
            Workload = header.Workload,
            InputShape = header.InputShape,
            Normalization = new Normalization(header.Mean, header.StandardDeviation),
            ClassNames = header.ClassNames,
        };
        Options = header.Options;
    }

    public PackedModelInfo Info { get; }

    public QuantizerOptions Options { get; }

    /// <summary>One entry per convolution in module order, 1..8, or 0 for a layer in FP32.</summary>
    public IReadOnlyList<int> Bits => [.. header.Layers.Select(layer => layer.Bits)];

    /// <summary>Length of the file, bytes.</summary>
    public long FileBytes => bytes.Length;

    /// <summary>Quantises a network's present weights and writes the packed file.</summary>
    /// <param name="stream">Written to from its position, and left open.</param>
    /// <param name="network">Of the name that <paramref name="info"/> has; unchanged.</param>
    /// <param name="bits">One entry per layer of <see cref="BlueprintNetwork.Convolutions"/>: 1..8, or 0 to leave the layer and its input in FP32.</param>
    /// <param name="options">How the network was fine-tuned.</param>
    /// <param name="info">What else the file says.</param>
    /// <exception cref="ArgumentException">Entries, names or shapes do not fit the network, or its weights are not finite.</exception>
    public static void Write(Stream stream, BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options, PackedModelInfo info) =>
        PackedModelWriter.Write(stream, network, bits, options, info);

    /// <summary>As <see cref="Write"/>, so that a reader sees the old file or the whole new one, also after a crash.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Write"/>; no file is left.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static void WriteFile(string path, BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options, PackedModelInfo info)
    {
        // Unique per writer, so that two of them at one path cannot mix their bytes.
        var temporary = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Write(stream, network, bits, options, info);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            // Gone after the rename; where writing failed, nothing half-written stays.
            File.Delete(temporary);
        }
    }

    /// <summary>Reads and checks a whole file.</summary>
    /// <exception cref="DataFormatException">The file is missing, damaged, of another version, or its tensors are not those of its network; names section and byte.</exception>
    public static PackedModel Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "packed model", null, "a file", "no such file");
        }

        using var stream = File.OpenRead(path);
        return Open(stream, path);
    }

    /// <summary>As <see cref="Open(string)"/>, from a stream that can seek and holds nothing else.</summary>
    /// <param name="stream">Stays the caller's.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">As for <see cref="Open(string)"/>.</exception>
    public static PackedModel Open(Stream stream, string name)
    {
        if (stream.Length > Array.MaxLength)
        {
            throw new DataFormatException(name, "file", null, $"at most {Array.MaxLength} bytes", $"{stream.Length}");
        }

        var bytes = new byte[stream.Length];
        stream.Position = 0;
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new DataFormatException(name, "file", read, $"{bytes.Length} bytes", $"{read} (the file became shorter)");
        }

        var (header, start) = PackedFormat.Read(new MemoryStream(bytes), name);
        new PackedHeaderCheck(header, start, bytes.Length, name).Run();
        var model = new PackedModel(header, bytes, (int)start);
        model.CheckSections(name);
        using var network = model.Build();
        new PackedNetworkCheck(header, start, name).Run(network);
        return model;
    }

    /// <summary>
    /// The network in evaluation mode with all tensors set, computing what the fine-tuned <see cref="QuantizedNetwork"/> computes: every quantised layer has xi q
    /// as its weights, and its input, unless that is the image, becomes block floating point. The caller's to dispose.
    /// </summary>
    public BlueprintNetwork CreateNetwork(Device device)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var network = Build();
        for (var k = 0; k < header.Layers.Length; k++)
        {
            var (packed, layer) = (header.Layers[k], network.Convolutions[k].Layer);
            layer.Weight.copy_(Weights(k));

            // The first layer's input is the image, which stays as it is.
            if (k > 0 && packed.Bits > 0 && Options.QuantizeActivations)
            {
                layer.ActivationBits = packed.Bits;
                layer.ActivationBlockSize = Options.BlockSize;
            }
        }

        var targets = network.state_dict();
        foreach (var packed in header.Tensors)
        {
            targets[packed.Name].copy_(Read(packed));
        }

        network.eval();
        return network.MovedTo(device);
    }

    /// <summary>The values that a convolution computes with: xi q, or its FP32 weights.</summary>
    /// <param name="layer">Position in <see cref="Bits"/>.</param>
    /// <param name="values">Receives O x kernel positions x C, as many as the layer has weights.</param>
    /// <exception cref="ArgumentException">There is room for more or fewer values.</exception>
    public void Decode(int layer, Span<float> values)
    {
        var packed = header.Layers[layer];
        if (values.Length != PackedSize.Count(packed.Shape))
        {
            throw new ArgumentException($"expected room for the {PackedSize.Count(packed.Shape)} weights of '{packed.Name}', got {values.Length}", nameof(values));
        }

        PackedWeights.Decode(Section(packed.Offset, packed.Length), (int)packed.Shape[1], packed.Bits, Options, values);
    }

    private BlueprintNetwork Build() => NetworkCatalogue.Create(header.Network, header.ClassNames.Length, header.Series?.Scheme(), header.InputShape);

    // O x C x kernel, the channels innermost in memory, as DsConv.Quantize lays it out: other layouts may add in another order.
    private Tensor Weights(int layer)
    {
        var shape = header.Layers[layer].Shape;
        var values = new float[PackedSize.Count(shape)];
        Decode(layer, values);
        var last = tensor(values, [shape[0], .. shape[2..], shape[1]]); // O x kernel x C
        return last.permute([0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2)]);
    }

    private Tensor Read(PackedTensor packed)
    {
        var section = Section(packed.Offset, packed.Length);
        if (packed.Type == PackedTensor.Int64)
        {
            var integers = new long[PackedSize.Count(packed.Shape)];
            LittleEndian.Read(section, integers);
            return tensor(integers, packed.Shape);
        }

        var values = new float[PackedSize.Count(packed.Shape)];
        LittleEndian.Read(section, values);
        return tensor(values, packed.Shape);
    }

    private void CheckSections(string file)
    {
        foreach (var layer in header.Layers)
        {
            CheckSum(file, $"layer '{layer.Name}'", layer.Offset, layer.Length, layer.Checksum);
            var multipliers = layer.Bits == 0 ? layer.Length : BitPacking.Bytes(PackedSize.Count(layer.Shape), layer.Bits);
            var bad = PackedWeights.FirstBadMultiplier(Section(layer.Offset + multipliers, layer.Length - multipliers), Options.Multipliers);
            if (bad >= 0)
            {
                var offset = start + layer.Offset + multipliers + (bad * PackedSize.MultiplierBytes(Options.Multipliers));
                throw new DataFormatException(file, $"layer '{layer.Name}' multiplier", offset, "a finite number", "infinity or NaN");
            }
        }

        var (first, end) = (header.Layers.Sum(layer => layer.Length), bytes.Length - (long)start);
        CheckSum(file, "tensors", first, end - first, header.TensorsChecksum);
    }

    private void CheckSum(string file, string what, long offset, long length, string expected)
    {
        var actual = PackedFormat.Checksum(Section(offset, length));
        if (actual != expected)
        {
            throw new DataFormatException(file, what, start + offset, $"checksum {expected}", actual);
        }
    }

    private ReadOnlySpan<byte> Section(long offset, long length) => bytes.AsSpan(start + (int)offset, (int)length);
}
