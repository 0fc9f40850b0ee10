using System.Globalization;
using System.Numerics;
using System.Text;

namespace Bitcurve.Models.Data.Formats;

/// <summary>A grid read from a .binvox file.</summary>
/// <param name="Voxels">Resolution^3 bytes 0 or 1 in the order z, y, x.</param>
/// <param name="Resolution">Voxels along each axis.</param>
/// <param name="Translate">Where the lowest corner lies in the mesh's own units.</param>
/// <param name="Scale">The grid's side in the mesh's own units.</param>
public sealed record Binvox(byte[] Voxels, int Resolution, Vector3 Translate, float Scale)
{
    private const string Magic = "#binvox 1";
    private const int LargestResolution = 1024;
    private const int LongestLine = 200;

    /// <summary>Reads a file of version 1: header lines dim, translate and scale, then data, and pairs of bytes (value, times).</summary>
    /// <remarks>
    /// In the file y runs fastest, then z, then x: voxel (x, y, z) is number (x D + z) D + y. Source: P. Min, "The binvox voxel file format".
    /// </remarks>
    /// <exception cref="DataFormatException">The file is missing or breaks the format; names the byte.</exception>
    public static Binvox Read(string path)
    {
        using FileStream stream = DataFiles.Open(path, "binvox file");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Read(file, path);
    }

    /// <param name="file">Its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The file breaks the format; names the byte.</exception>
    public static Binvox Read(ReadOnlySpan<byte> file, string name)
    {
        int offset = 0;
        string magic = Line(file, ref offset, name);
        if (magic != Magic)
        {
            throw new DataFormatException(name, "magic", 0, Magic, magic);
        }

        (int resolution, Vector3 translate, float scale) = (0, Vector3.Zero, 1);
        for (int start = offset; ; start = offset)
        {
            string[] fields = Line(file, ref offset, name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (fields)
            {
                case ["dim", var depth, var height, var width] when depth == height && height == width && IsResolution(depth, out resolution):
                    break;
                case ["translate", var x, var y, var z]:
                    translate = new Vector3(Number(x, start, name), Number(y, start, name), Number(z, start, name));
                    break;
                case ["scale", var side]:
                    scale = Number(side, start, name);
                    break;
                case ["data"] when resolution > 0 && scale > 0:
                    return new Binvox(Unpack(file, offset, resolution, name), resolution, translate, scale);
                default:
                    throw new DataFormatException(
                        name, "header line", start, $"dim D D D (D at most {LargestResolution}), translate X Y Z, scale S, then data",
                        string.Join(' ', fields));
            }
        }
    }

    /// <summary>The grid at a lower resolution: a voxel is occupied where one of its parts is.</summary>
    /// <exception cref="ArgumentException">The resolution does not divide this one's.</exception>
    public byte[] Reduced(int resolution)
    {
        if (resolution < 1 || Resolution % resolution != 0)
        {
            throw new ArgumentException($"Expected a resolution that divides {Resolution}, actual {resolution}.", nameof(resolution));
        }

        int parts = Resolution / resolution;
        byte[] reduced = new byte[resolution * resolution * resolution];
        for (int k = 0; k < Voxels.Length; k++)
        {
            (int z, int y, int x) = (k / Resolution / Resolution / parts, k / Resolution % Resolution / parts, k % Resolution / parts);
            reduced[(((z * resolution) + y) * resolution) + x] |= Voxels[k];
        }

        return reduced;
    }

    private static byte[] Unpack(ReadOnlySpan<byte> file, int offset, int resolution, string name)
    {
        byte[] voxels = new byte[resolution * resolution * resolution];
        int done = 0;
        for (; done < voxels.Length; offset += 2)
        {
            if (offset + 2 > file.Length)
            {
                throw new DataFormatException(name, "run", offset, $"runs of {voxels.Length} voxels", $"{done} (the file is truncated)");
            }

            (byte value, int times) = (file[offset], file[offset + 1]);
            if (value > 1 || times == 0 || times > voxels.Length - done)
            {
                throw new DataFormatException(
                    name, "run", offset, $"0 or 1, then 1 .. {Math.Min(255, voxels.Length - done)} times", $"{value}, {times} times");
            }

            for (int k = 0; k < times; k++, done++)
            {
                (int x, int z, int y) = (done / resolution / resolution, done / resolution % resolution, done % resolution);
                voxels[(((z * resolution) + y) * resolution) + x] = value;
            }
        }

        return offset == file.Length
            ? voxels
            : throw new DataFormatException(name, "end", offset, "nothing after the last voxel", $"{file.Length - offset} bytes");
    }

    private static string Line(ReadOnlySpan<byte> file, ref int offset, string name)
    {
        ReadOnlySpan<byte> rest = file[offset..Math.Min(file.Length, offset + LongestLine)];
        int length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new DataFormatException(
                name, "header line", offset, $"one of at most {LongestLine} characters", $"{file.Length - offset} bytes without an end of line");
        }

        offset += length + 1;
        return Encoding.Latin1.GetString(rest[..length]).TrimEnd('\r');
    }

    private static bool IsResolution(string field, out int resolution) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out resolution) && resolution is >= 1 and <= LargestResolution;

    private static float Number(string field, int offset, string name) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new DataFormatException(name, "header line", offset, "a finite number", field);
}
