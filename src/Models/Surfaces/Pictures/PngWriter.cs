using System.Buffers.Binary;
using System.IO.Compression;
using Bitcurve.Models.Data.Numpy;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Writes PNG files: 8-bit RGB, one data chunk (W3C, "Portable Network Graphics", sections 5 and 11).</summary>
public static class PngWriter
{
    private const byte BitDepth = 8;
    private const byte TrueColour = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <param name="pixels">Rows from the top of width pixels, R G B bytes each.</param>
    /// <param name="width">At least 1.</param>
    /// <param name="stream">Left open.</param>
    /// <exception cref="ArgumentException">The pixels are not whole rows.</exception>
    public static void Write(ReadOnlySpan<byte> pixels, int width, Stream stream)
    {
        if (width < 1 || pixels.IsEmpty || pixels.Length % (3 * width) != 0)
        {
            throw new ArgumentException($"Expected whole rows of 3 x {width} bytes, actual {pixels.Length}.", nameof(pixels));
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Length / (3 * width));
        (header[8], header[9]) = (BitDepth, TrueColour);
        stream.Write(Signature);
        WriteChunk("IHDR"u8, header, stream);
        WriteChunk("IDAT"u8, Compressed(pixels, 3 * width), stream);
        WriteChunk("IEND"u8, [], stream);
    }

    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int rowBytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += rowBytes)
            {
                // Filter 0: the row's bytes as they are.
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(start, rowBytes));
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, Stream stream)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        byte[] body = [.. type, .. data];
        byte[] checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.Of(body));
        stream.Write(length);
        stream.Write(body);
        stream.Write(checksum);
    }
}
