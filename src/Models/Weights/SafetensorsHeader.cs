using System.Buffers.Binary;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Weights;

/// <summary>The checked header of a safetensors file: its tensors tile the data without a gap.</summary>
/// <param name="Tensors">In the order of their data.</param>
/// <param name="Metadata">Text by name; empty where the file has none.</param>
/// <param name="DataStart">Offset in the file of the first data byte.</param>
/// <remarks>Source: the format section of the safetensors README (huggingface/safetensors).</remarks>
public sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsTensor> Tensors, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    /// <summary>Bytes of the little-endian length in front of the header.</summary>
    public const int PrefixBytes = 8;

    /// <summary>Longest header, bytes: the limit of the reference implementation, against files that ask for all memory.</summary>
    public const int MaximumBytes = 100_000_000;

    /// <summary>The header key that holds text instead of a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>Reads and checks the header at the start of a stream that can seek.</summary>
    /// <exception cref="DataFormatException">The stream is too short, or its header breaks the format.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        long fileBytes = stream.Length;
        if (fileBytes < PrefixBytes)
        {
            throw new DataFormatException(
                file, "header length", 0, $"{PrefixBytes} bytes", $"{fileBytes} (the file is truncated)");
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        stream.Position = 0;
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumBytes)
        {
            throw new DataFormatException(file, "header length", 0, $"at most {MaximumBytes}", $"{length}");
        }

        long rest = fileBytes - PrefixBytes;
        if ((long)length > rest)
        {
            throw new DataFormatException(
                file, "header", PrefixBytes, $"{length} bytes", $"{rest} (the file is truncated)");
        }

        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return Parse(json, fileBytes, file);
    }

    /// <summary>Parses and checks a header; O(T log T) for T tensors.</summary>
    /// <param name="json">The header's bytes, without the length.</param>
    /// <param name="fileBytes">Length of the whole file.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="DataFormatException">The header breaks the format, or its offsets do not tile the data.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long fileBytes, string file)
    {
        var reader = new SafetensorsHeaderReader(json, file);
        (List<SafetensorsTensor> tensors, Dictionary<string, string> metadata) = reader.Read();
        var header = new SafetensorsHeader(
            [.. tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)], metadata, PrefixBytes + json.Length);
        header.CheckSizes(file);
        header.CheckTiling(fileBytes, file);
        return header;
    }

    private void CheckSizes(string file)
    {
        foreach (SafetensorsTensor tensor in Tensors)
        {
            if (tensor.End < tensor.Begin)
            {
                throw Fault(file, tensor, "an end at or after the beginning", $"{tensor.Begin} .. {tensor.End}");
            }

            if (tensor.Type.Bytes(tensor.Shape) is not { } bytes)
            {
                throw Fault(file, tensor, "fewer than 2^63 bytes", $"{tensor.Type.Label()} {tensor.ShapeText}");
            }

            if (tensor.Bytes != bytes)
            {
                throw Fault(file, tensor, $"{bytes} bytes for {tensor.Type.Label()} {tensor.ShapeText}", $"{tensor.Bytes}");
            }
        }
    }

    private void CheckTiling(long fileBytes, string file)
    {
        long dataBytes = fileBytes - DataStart;
        long end = 0;
        foreach (SafetensorsTensor tensor in Tensors)
        {
            if (tensor.Begin != end)
            {
                string fault = tensor.Begin < end ? "an overlap with the tensor before" : "a hole before it";
                throw Fault(file, tensor, $"data from {end} on", $"{tensor.Begin} ({fault})");
            }

            if (tensor.End > dataBytes)
            {
                throw Fault(file, tensor, $"data up to {tensor.End}", $"{dataBytes} bytes of data (the file is truncated)");
            }

            end = tensor.End;
        }

        if (end != dataBytes)
        {
            throw new DataFormatException(
                file, "end of the data", DataStart + end, $"{end} bytes of data", $"{dataBytes} (bytes that belong to no tensor)");
        }
    }

    private DataFormatException Fault(string file, SafetensorsTensor tensor, string expected, string actual)
    {
        // A hostile offset near 2^63 must not wrap in the message.
        long offset = tensor.Begin > long.MaxValue - DataStart ? long.MaxValue : DataStart + tensor.Begin;
        return new DataFormatException(file, $"tensor '{tensor.Name}'", offset, expected, actual);
    }
}
