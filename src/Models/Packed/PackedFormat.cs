using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Packed;

/// <summary>
/// The frame of a packed file, <c>bitcurve-packed/1</c>: magic (8 bytes), version (u32), length of the header (u64), SHA-256 of the header (32 bytes), the header,
/// then the sections that the header describes. Numbers are little-endian; the header is JSON compressed as zlib, since
/// a small network has more names than weights.
/// </summary>
internal static class PackedFormat
{
    public const string Name = "bitcurve-packed/1";
    public const int Version = 1;

    /// <summary>Bytes in front of the header.</summary>
    public const int PrefixBytes = VersionOffset + sizeof(uint) + sizeof(ulong) + SHA256.HashSizeInBytes;

    /// <summary>Longest header, before and after compression, bytes.</summary>
    public const int LongestHeader = 16 << 20;

    private const int VersionOffset = 8;
    private const int LengthOffset = VersionOffset + sizeof(uint);
    private const int HashOffset = LengthOffset + sizeof(ulong);
    private const int ChecksumBytes = 8;

    // As in PNG: the first byte is no text, and the line ends show a transfer in text mode.
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'B', (byte)'C', (byte)'P', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Magic, version, length, hash and the compressed header.</summary>
    /// <exception cref="ArgumentException">The header is longer than any reader takes.</exception>
    public static byte[] Frame(PackedHeader header)
    {
        var json = header.ToJson();
        using var buffer = new MemoryStream();
        using (var compressed = new ZLibStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            compressed.Write(json);
        }

        if (json.Length > LongestHeader || buffer.Length > LongestHeader)
        {
            throw new ArgumentException($"expected names of at most {LongestHeader} bytes in all, got {json.Length}", nameof(header));
        }

        var frame = new byte[PrefixBytes + buffer.Length];
        Magic.CopyTo(frame);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(VersionOffset), Version);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(LengthOffset), (ulong)buffer.Length);
        var content = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        content.CopyTo(frame.AsSpan(PrefixBytes));
        SHA256.HashData(content, frame.AsSpan(HashOffset));
        return frame;
    }

    /// <summary>Checks the frame and returns the header with the file offset of the first section. What the header says is unchecked.</summary>
    /// <param name="stream">At the first byte of the file; afterwards at the first section.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="DataFormatException">The frame is broken.</exception>
    public static (PackedHeader Header, long SectionsStart) Read(Stream stream, string file)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        var read = stream.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false);
        if (read < Magic.Length || !prefix[..Magic.Length].SequenceEqual(Magic))
        {
            throw new DataFormatException(file, "magic", 0, Convert.ToHexString(Magic), read == 0 ? "an empty file" : Convert.ToHexString(prefix[..Math.Min(read, Magic.Length)]));
        }

        if (read < PrefixBytes)
        {
            throw new DataFormatException(file, "file", read, $"{PrefixBytes} bytes in front of the header", $"{read} (the file is truncated)");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(prefix[VersionOffset..]);
        if (version != Version)
        {
            throw new DataFormatException(file, "version", VersionOffset, $"{Version} ({Name})", $"{version}");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix[LengthOffset..]);
        var rest = stream.Length - PrefixBytes;
        if (length > LongestHeader || (long)length > rest)
        {
            throw new DataFormatException(
                file, "header length", LengthOffset, $"at most {Math.Min(LongestHeader, rest)} bytes", $"{length}{(length > LongestHeader ? "" : " (the file is truncated)")}");
        }

        var content = new byte[length];
        stream.ReadExactly(content);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(prefix[HashOffset..]))
        {
            throw new DataFormatException(file, "header", PrefixBytes, $"SHA-256 {Convert.ToHexStringLower(prefix[HashOffset..])}", Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        return (Parse(Inflated(content, file), file), PrefixBytes + (long)length);
    }

    /// <summary>A section's checksum: the first 8 bytes of its SHA-256, hexadecimal. It finds accidents, not forgery.</summary>
    public static string Checksum(ReadOnlySpan<byte> section) => Convert.ToHexStringLower(SHA256.HashData(section).AsSpan(0, ChecksumBytes));

    private static byte[] Inflated(byte[] content, string file)
    {
        using var source = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        using var json = new MemoryStream();
        var part = new byte[1 << 16];
        try
        {
            for (var read = source.Read(part); read > 0; read = source.Read(part))
            {
                json.Write(part, 0, read);
                if (json.Length > LongestHeader)
                {
                    throw new DataFormatException(file, "header", PrefixBytes, $"at most {LongestHeader} bytes uncompressed", "more");
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw new DataFormatException(file, "header", PrefixBytes, "zlib data", error.Message);
        }

        return json.ToArray();
    }

    private static PackedHeader Parse(byte[] json, string file)
    {
        try
        {
            return PackedHeader.Parse(json);
        }
        catch (JsonException error)
        {
            throw new DataFormatException(file, "header", PrefixBytes, $"JSON of {Name}", error.Message);
        }
    }
}
