using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Onnx;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Search.Space;
using static TorchSharp.torch;

namespace Bitcurve.Search.Cli.Eval;

/// <summary>Kinds of file that hold a network.</summary>
internal enum ModelKind
{
    Packed,
    Onnx,
    Safetensors,
}

/// <summary>A network in a file, ready to classify.</summary>
internal sealed class ModelFile : IDisposable
{
    // Of a packed file, as PackedModel checks it in full; of a safetensors file a length of 8 bytes and the JSON header's brace.
    private static readonly byte[] PackedStart = [0x89, .. "BCP"u8];
    private const int SafetensorsLengthBytes = 8;

    private readonly string path;
    private readonly PackedModelInfo info;
    private readonly IReadOnlyList<IDisposable> parts;

    private ModelFile(string path, ModelKind kind, PackedModelInfo info, Func<Tensor, Tensor> logits, params IReadOnlyList<IDisposable> parts) =>
        (this.path, Kind, this.info, Logits, this.parts) = (path, kind, info, logits, parts);

    internal ModelKind Kind { get; }

    internal string Network => info.Network;

    internal Normalization Normalization => info.Normalization;

    /// <summary>From N x C x H x W, normalised, to N x K.</summary>
    internal Func<Tensor, Tensor> Logits { get; }

    /// <exception cref="DataFormatException">There is no such file, or it is of no kind known.</exception>
    internal static ModelKind KindOf(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "network", null, "a file", Directory.Exists(path) ? "a folder" : "no such file");
        }

        Span<byte> start = stackalloc byte[SafetensorsLengthBytes + 1];
        using var stream = File.OpenRead(path);
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith(PackedStart))
        {
            return ModelKind.Packed;
        }

        if (start.Length > SafetensorsLengthBytes && start[SafetensorsLengthBytes] == '{')
        {
            return ModelKind.Safetensors;
        }

        return OnnxModel.IsLikely(start)
            ? ModelKind.Onnx
            : throw new DataFormatException(path, "magic", 0, "the start of a packed, ONNX or safetensors file", start.Length == 0 ? "an empty file" : Convert.ToHexString(start));
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">See <see cref="KindOf"/>.</param>
    /// <param name="network">Of a safetensors file that does not name it.</param>
    /// <param name="bits">To quantise the weights of a safetensors file with; empty for FP32.</param>
    /// <param name="data">A safetensors file says nothing of classes and normalisation: those of the data hold.</param>
    /// <param name="threads">For ONNX Runtime.</param>
    /// <exception cref="ArgumentException">An option does not fit the kind of file.</exception>
    /// <exception cref="DataFormatException">The file is damaged or holds another network.</exception>
    /// <exception cref="OnnxRuntimeMissingException">An ONNX file, but no runtime.</exception>
    internal static ModelFile Open(string path, ModelKind kind, string? network, BitVector bits, Func<ImageSplits> data, int threads)
    {
        if (kind == ModelKind.Safetensors)
        {
            return OpenSafetensors(path, network, bits, data());
        }

        if (!bits.IsEmpty)
        {
            throw new ArgumentException($"--bits: expected only with a safetensors file, actual with {path}, which has its own");
        }

        var opened = kind == ModelKind.Packed ? OpenPacked(path) : OpenOnnx(path, threads);
        if (network is not null && network != opened.Network)
        {
            opened.Dispose();
            throw new DataFormatException(path, "network", null, network, opened.Network);
        }

        return opened;
    }

    /// <exception cref="DataFormatException">The network is for images of another size, or for other classes.</exception>
    internal void RequireFit(ImageDataset images)
    {
        int[] shape = [images.Channels, images.Height, images.Width];
        if (!shape.SequenceEqual(info.InputShape))
        {
            throw new DataFormatException(path, "network", null, $"one for images of {string.Join('x', shape)} as in {images.Name}", $"one for {string.Join('x', info.InputShape)}");
        }

        if (!images.ClassNames.SequenceEqual(info.ClassNames))
        {
            throw new DataFormatException(path, "network", null, $"the classes of {images.Name} ({images.ClassNames.Count}: {string.Join(", ", images.ClassNames)})", $"{info.ClassNames.Count}: {string.Join(", ", info.ClassNames)}");
        }
    }

    public void Dispose()
    {
        foreach (var part in parts)
        {
            part.Dispose();
        }
    }

    private static ModelFile OpenPacked(string path)
    {
        var model = PackedModel.Open(path);
        var network = model.CreateNetwork(CPU);
        return new ModelFile(path, ModelKind.Packed, model.Info, x => network.call(x), network);
    }

    private static ModelFile OpenOnnx(string path, int threads)
    {
        var model = OnnxModel.Open(path);
        var session = model.CreateSession(threads);
        return new ModelFile(path, ModelKind.Onnx, model.Info, Compute, session);

        Tensor Compute(Tensor x)
        {
            var (logits, classes) = session.Run(x.data<float>().ToArray(), x.shape);
            return classes == model.Info.ClassNames.Count
                ? tensor(logits, [x.shape[0], classes])
                : throw new DataFormatException(path, "output 'logits'", null, $"{model.Info.ClassNames.Count} classes as the metadata say", $"{classes}");
        }
    }

    private static ModelFile OpenSafetensors(string path, string? name, BitVector bits, ImageSplits data)
    {
        using var weights = SafetensorsFile.Open(path);
        name ??= weights.Metadata.TryGetValue("network", out var named)
            ? named
            : throw new ArgumentException($"--network: expected the network of {path}, which does not name it, actual none; one of {string.Join(", ", NetworkCatalogue.Names)}");
        var images = data.Train;
        var network = NetworkCatalogue.Create(name, images.ClassNames.Count);
        QuantizedNetwork? quantized = null;
        try
        {
            Checkpoint.Load(weights, path, network, null);
            quantized = bits.IsEmpty ? null : new QuantizedNetwork(network, bits.ToArray(), QuantizerOptions.Default);
            quantized?.Requantize(forTraining: false);
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.eval();
        var info = new PackedModelInfo
        {
            Network = name,
            Workload = "",
            InputShape = [images.Channels, images.Height, images.Width],
            Normalization = data.Normalization,
            ClassNames = images.ClassNames,
        };
        return new ModelFile(path, ModelKind.Safetensors, info, x => network.call(x), quantized is null ? [network] : [quantized, network]);
    }
}
