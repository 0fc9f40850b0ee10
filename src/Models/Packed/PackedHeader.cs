using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;

namespace Bitcurve.Models.Packed;

/// <summary>The JSON header of a packed file. All offsets count bytes from the end of the header; the sections tile the rest of the file.</summary>
internal sealed record PackedHeader
{
    // A field missing, unknown or given twice is a fault of the file, so the reader must not pass over it.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<WeightRounding>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<MultiplierPrecision>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<SeriesKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    };

    public required string Network { get; init; }

    public required string Workload { get; init; }

    /// <summary>C, H, W.</summary>
    public required int[] InputShape { get; init; }

    public required double[] Mean { get; init; }

    public required double[] StandardDeviation { get; init; }

    public required string[] ClassNames { get; init; }

    public required int BlockSize { get; init; }

    public required WeightRounding Rounding { get; init; }

    public required bool QuantizeActivations { get; init; }

    public required MultiplierPrecision Multipliers { get; init; }

    /// <summary>Series in place of kernels; null for none.</summary>
    public PackedSeries? Series { get; init; }

    /// <summary>How the layers are quantised.</summary>
    [JsonIgnore]
    public QuantizerOptions Options => new(BlockSize, Rounding, QuantizeActivations, Multipliers);

    /// <summary>One section each, in module order.</summary>
    public required PackedLayer[] Layers { get; init; }

    /// <summary>Every other tensor, together one section behind the layers'.</summary>
    public required PackedTensor[] Tensors { get; init; }

    /// <summary>Checksum of the tensors' section.</summary>
    public required string TensorsChecksum { get; init; }

    /// <exception cref="JsonException">The text is no such header.</exception>
    public static PackedHeader Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<PackedHeader>(json, Json) ?? throw new JsonException("the header is null");

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}

/// <summary>
/// A convolution's section: its integers, O x kernel positions x C, packed with <see cref="BitPacking"/>, then one 16- or 32-bit float
/// (little-endian) for each block in the same order. With 0 bits: the FP32 weights in that order instead.
/// </summary>
internal sealed record PackedLayer
{
    public required string Name { get; init; }

    /// <summary>O x C x kernel extents, or O x C x harmonics of a series; C being the channels of one group.</summary>
    public required long[] Shape { get; init; }

    /// <summary>1..8, or 0: the layer stays in FP32 and its input is not quantised.</summary>
    public required int Bits { get; init; }

    public required long Offset { get; init; }

    public required long Length { get; init; }

    /// <summary>The first 8 bytes of the section's SHA-256, hexadecimal.</summary>
    public required string Checksum { get; init; }
}

/// <summary>Which layers hold series coefficients instead of kernels.</summary>
internal sealed record PackedSeries
{
    public required SeriesKind Kind { get; init; }

    /// <summary>One entry per compressible layer, as <see cref="SeriesScheme.Parse"/> reads them.</summary>
    public required string Harmonics { get; init; }

    /// <exception cref="ArgumentException">The harmonics do not parse.</exception>
    public SeriesScheme Scheme() => SeriesScheme.Parse(Kind, Harmonics);
}

/// <summary>A tensor stored as it is, little-endian and row-major.</summary>
internal sealed record PackedTensor
{
    public const string Float32 = "F32";
    public const string Int64 = "I64";

    public required string Name { get; init; }

    /// <summary><see cref="Float32"/> or <see cref="Int64"/>.</summary>
    public required string Type { get; init; }

    public required long[] Shape { get; init; }

    public required long Offset { get; init; }

    public required long Length { get; init; }
}
