using System.Text.Json;
using System.Text.Unicode;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Weights;

/// <summary>Reads the tensors and the metadata from a header's JSON.</summary>
internal ref struct SafetensorsHeaderReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private SafetensorsTokens tokens;

    public SafetensorsHeaderReader(ReadOnlySpan<byte> bytes, string file)
    {
        this.bytes = bytes;
        tokens = new SafetensorsTokens(bytes, file);
    }

    /// <summary>The tensors in the order of the header, and the metadata.</summary>
    /// <exception cref="DataFormatException">The bytes are not a safetensors header.</exception>
    public (List<SafetensorsTensor> Tensors, Dictionary<string, string> Metadata) Read()
    {
        CheckStart();
        try
        {
            return ReadHeader();
        }
        catch (JsonException error)
        {
            throw tokens.Fault("header", tokens.ReadUpTo, "valid JSON", error.Message);
        }
        catch (InvalidOperationException error)
        {
            // An escape such as \ud800 alone is valid JSON and no valid text.
            throw tokens.Fault("header", tokens.Offset, "valid Unicode text", error.Message);
        }
    }

    private readonly void CheckStart()
    {
        if (bytes.IsEmpty || bytes[0] != (byte)'{')
        {
            string actual = bytes.IsEmpty ? "an empty header" : $"byte 0x{bytes[0]:x2}";
            throw tokens.Fault("header", SafetensorsHeader.PrefixBytes, "'{'", actual);
        }

        if (!Utf8.IsValid(bytes))
        {
            throw tokens.Fault("header", SafetensorsHeader.PrefixBytes, "valid UTF-8", "bytes that are not UTF-8");
        }
    }

    private (List<SafetensorsTensor> Tensors, Dictionary<string, string> Metadata) ReadHeader()
    {
        List<SafetensorsTensor> tensors = [];
        Dictionary<string, string> metadata = [];
        HashSet<string> names = [];
        tokens.EnterObject("header");
        while (tokens.NextName("header", names) is { } name)
        {
            if (name == SafetensorsHeader.MetadataName)
            {
                ReadMetadata(metadata);
            }
            else
            {
                tensors.Add(ReadTensor(name));
            }
        }

        tokens.RequireEnd();
        return (tensors, metadata);
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        HashSet<string> names = [];
        tokens.EnterObject(SafetensorsHeader.MetadataName);
        while (tokens.NextName(SafetensorsHeader.MetadataName, names) is { } name)
        {
            metadata[name] = tokens.NextText($"{SafetensorsHeader.MetadataName} '{name}'");
        }
    }

    private SafetensorsTensor ReadTensor(string name)
    {
        string what = $"tensor '{name}'";
        SafetensorsType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        HashSet<string> names = [];
        tokens.EnterObject(what);
        long start = tokens.Offset;
        while (tokens.NextName(what, names) is { } field)
        {
            switch (field)
            {
                case "dtype":
                    type = ReadType(what);
                    break;
                case "shape":
                    shape = tokens.NextNumbers($"{what} shape");
                    break;
                case "data_offsets":
                    offsets = ReadOffsets(what);
                    break;
                default:
                    // Like the reference implementation: fields of a later version are passed over.
                    tokens.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            string found = names.Count == 0 ? "no field" : string.Join(", ", names);
            throw tokens.Fault(what, start, "dtype, shape and data_offsets", found);
        }

        return new SafetensorsTensor(name, type.Value, shape, offsets[0], offsets[1]);
    }

    private SafetensorsType ReadType(string what)
    {
        string label = tokens.NextText($"{what} dtype");
        return SafetensorsTypes.TryParse(label, out SafetensorsType type)
            ? type
            : throw tokens.Fault($"{what} dtype", tokens.Offset, $"one of {SafetensorsTypes.Labels}", label);
    }

    private List<long> ReadOffsets(string what)
    {
        List<long> offsets = tokens.NextNumbers($"{what} data_offsets");
        return offsets.Count == 2
            ? offsets
            : throw tokens.Fault($"{what} data_offsets", tokens.Offset, "2 numbers", $"{offsets.Count}");
    }
}
