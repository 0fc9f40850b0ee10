using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bitcurve.Models.Quantization;

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
        Converters = { new JsonStringEnumConverter<WeightRounding>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
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
/// A convolution's section: its integers, O x kernel positions x C, packed with <see cref="BitPacking"/>, then one 16-bit float (little-endian)
/// for each block in the same order. With 0 bits: the FP32 weights in that order instead.
/// </summary>
internal sealed record PackedLayer
{
    public required string Name { get; init; }

    /// <summary>O x C x kernel extents, C being the channels of one group.</summary>
    public required long[] Shape { get; init; }

    /// <summary>1..8, or 0: the layer stays in FP32 and its input is not quantised.</summary>
    public required int Bits { get; init; }

    public required long Offset { get; init; }

    public required long Length { get; init; }

    /// <summary>The first 8 bytes of the section's SHA-256, hexadecimal.</summary>
    public required string Checksum { get; init; }

    /// <summary>Reserved: the kernel as a series. Version 1 has none.</summary>
    public PackedSeries? Series { get; init; }
}

/// <summary>Reserved for kernels stored as series coefficients.</summary>
internal sealed record PackedSeries
{
    public required string Kind { get; init; }

    public required int[] Harmonics { get; init; }
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
