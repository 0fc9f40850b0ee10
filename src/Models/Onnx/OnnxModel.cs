using System.Security.Cryptography;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Packed;
using Google.Protobuf;

namespace Bitcurve.Models.Onnx;

/// <summary>An exported ONNX file in memory, checked to be whole before a runtime sees it. Immutable.</summary>
public sealed class OnnxModel
{
    // IR version 13 has one byte of value: every file starts with these two.
    private const byte FirstByte = OnnxFields.Model.IrVersion << 3;

    private readonly byte[] bytes;
    private readonly string file;

    private OnnxModel(byte[] bytes, string file)
    {
        (this.bytes, this.file) = (bytes, file);
        (Info, Bits) = OnnxMetadata.Read(ReadEntries(), file);
    }

    public PackedModelInfo Info { get; }

    /// <summary>One entry per convolution in module order, 1..8, or 0 for a layer in FP32.</summary>
    public IReadOnlyList<int> Bits { get; }

    /// <summary>Whether a file may be an ONNX model, by its first bytes.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> start) => start.Length >= 2 && start[0] == FirstByte && start[1] is > 0 and < 0x80;

    /// <summary>Reads and checks a whole file that <see cref="OnnxExport"/> wrote.</summary>
    /// <exception cref="DataFormatException">The file is missing, damaged, or not one of ours.</exception>
    public static OnnxModel Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "ONNX model", null, "a file", "no such file");
        }

        var length = new FileInfo(path).Length;
        return length > Array.MaxLength
            ? throw new DataFormatException(path, "file", null, $"at most {Array.MaxLength} bytes", $"{length}")
            : Open(File.ReadAllBytes(path), path);
    }

    /// <summary>As <see cref="Open(string)"/>, from memory.</summary>
    /// <param name="bytes">Not copied.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">As for <see cref="Open(string)"/>.</exception>
    public static OnnxModel Open(byte[] bytes, string name) => IsLikely(bytes)
        ? new OnnxModel(bytes, name)
        : throw new DataFormatException(name, "magic", 0, $"{FirstByte:X2} and a version", bytes.Length == 0 ? "an empty file" : Convert.ToHexString(bytes.AsSpan(0, Math.Min(2, bytes.Length))));

    /// <summary>Loads the model into ONNX Runtime.</summary>
    /// <exception cref="OnnxRuntimeMissingException">There is no library.</exception>
    /// <exception cref="DataFormatException">The runtime refuses the model.</exception>
    public OnnxSession CreateSession(int threads) => OnnxSession.Open(bytes, file, threads);

    private Dictionary<string, string> ReadEntries()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        var (hasGraph, hasFunction) = (false, false);
        Walk(0, bytes.Length, (field, content) =>
        {
            switch (field)
            {
                case OnnxFields.Model.MetadataProps:
                    var (key, value) = ReadEntry(content);
                    entries[key] = value;
                    break;
                case OnnxFields.Model.Graph or OnnxFields.Model.Functions:
                    hash.AppendData(bytes, content.Start, content.Length);
                    hasGraph |= field == OnnxFields.Model.Graph;
                    hasFunction |= field == OnnxFields.Model.Functions;
                    break;
            }
        });
        if (OnnxMetadata.Entry(entries, OnnxMetadata.Format, file) is var format && format != OnnxMetadata.FormatValue)
        {
            throw new DataFormatException(file, $"metadata '{OnnxMetadata.Format}'", null, OnnxMetadata.FormatValue, format);
        }

        if (!hasGraph || !hasFunction)
        {
            throw new DataFormatException(file, "file", bytes.Length, hasGraph ? "a function" : "a graph", "the end (the file is truncated)");
        }

        var (expected, actual) = (OnnxMetadata.Entry(entries, OnnxMetadata.Checksum, file), Convert.ToHexStringLower(hash.GetHashAndReset()));
        return expected == actual
            ? entries
            : throw new DataFormatException(file, "graph", null, $"checksum {expected} as it was exported", $"{actual} (damaged or changed)");
    }

    private (string Key, string Value) ReadEntry((int Start, int Length) entry)
    {
        var (key, value) = ("", "");
        Walk(entry.Start, entry.Length, (field, content) =>
        {
            var text = Encoding.UTF8.GetString(bytes, content.Start, content.Length);
            (key, value) = field == OnnxFields.StringStringEntry.Key ? (text, value) : (key, text);
        });
        return (key, value);
    }

    // Reports every field of the message there that has content of its own (messages, text, bytes), by its place in the file.
    private void Walk(int start, int length, Action<int, (int Start, int Length)> found)
    {
        var (end, input) = (start + length, new CodedInputStream(bytes, start, length));
        try
        {
            while (input.ReadTag() is var tag && tag != 0)
            {
                if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
                {
                    input.SkipLastField();
                    continue;
                }

                var (size, content) = (input.ReadLength(), (int)input.Position);
                if (size < 0 || size > end - content)
                {
                    throw new DataFormatException(file, "file", content, $"{(uint)size} bytes", $"{end - content} (the file is truncated)");
                }

                found(WireFormat.GetTagFieldNumber(tag), (content, size));
                input = new CodedInputStream(bytes, content + size, end - content - size);
            }
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw new DataFormatException(file, "file", input.Position, "protocol buffers", broken.Message);
        }
    }
}
