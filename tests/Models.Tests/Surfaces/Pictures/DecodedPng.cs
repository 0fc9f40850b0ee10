using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Bitcurve.Models.Data.Numpy;
using Bitcurve.Models.Surfaces.Pictures;

namespace Bitcurve.Models.Tests.Surfaces.Pictures;

/// <summary>A picture read back from its PNG file, chunk by chunk.</summary>
internal sealed record DecodedPng(int Width, int Height, byte[] Pixels)
{
    internal static DecodedPng Of(Picture picture)
    {
        using var stream = new MemoryStream();
        picture.WritePng(stream);
        return Read(stream.ToArray());
    }

    internal static DecodedPng Read(ReadOnlySpan<byte> file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file[..8]));
        List<string> types = [];
        (int width, int height) = (0, 0);
        byte[] pixels = [];
        for (file = file[8..]; file.Length > 0;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file);
            ReadOnlySpan<byte> data = file.Slice(8, length);
            types.Add(Encoding.ASCII.GetString(file.Slice(4, 4)));
            Assert.Equal(Crc32.Of(file.Slice(4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(file[(8 + length)..]));
            if (types[^1] == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                Assert.Equal([8, 2, 0, 0, 0], data[8..].ToArray());
            }
            else if (types[^1] == "IDAT")
            {
                pixels = Unpacked(data.ToArray(), width, height);
            }

            file = file[(12 + length)..];
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], types);
        return new DecodedPng(width, height, pixels);
    }

    internal (byte Red, byte Green, byte Blue) At(int x, int y)
    {
        int place = 3 * ((y * Width) + x);
        return (Pixels[place], Pixels[place + 1], Pixels[place + 2]);
    }

    internal int Count(Func<(byte Red, byte Green, byte Blue), bool> wanted) =>
        Enumerable.Range(0, Width * Height).Count(k => wanted(At(k % Width, k / Width)));

    private static byte[] Unpacked(byte[] data, int width, int height)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        byte[] rows = plain.ToArray();
        int rowBytes = 1 + (3 * width);
        Assert.Equal(height * rowBytes, rows.Length);
        Assert.All(Enumerable.Range(0, height), row => Assert.Equal(0, rows[row * rowBytes]));
        return [.. Enumerable.Range(0, height).SelectMany(row => rows[((row * rowBytes) + 1)..((row + 1) * rowBytes)])];
    }
}
