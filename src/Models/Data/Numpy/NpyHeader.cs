using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bitcurve.Models.Data.Numpy;

/// <summary>The checked header of a .npy file, versions 1.0 and 2.0, in C order.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
/// <param name="DataStart">Bytes from the start of the file to the first element.</param>
/// <remarks>Source: "The .npy format", numpy.lib.format in NumPy's reference.</remarks>
public sealed partial record NpyHeader(NpyType Type, IReadOnlyList<int> Shape, int DataStart)
{
    // Far above any array's: against files that ask for all memory.
    private const int MaximumBytes = 1 << 20;
    private const int PrefixBytes = 8;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The shape as text, for example "[50000, 3072]".</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>Bytes of all elements.</summary>
    public long DataBytes => Shape.Aggregate((long)Type.Bytes(), (product, dimension) => checked(product * dimension));

    /// <summary>Reads and checks a header; the stream is left at the first element.</summary>
    /// <param name="stream">At the start of the file.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="DataFormatException">The header is truncated, breaks the format, or describes what is not read here.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        byte[] prefix = Take(stream, PrefixBytes, 0, "magic and version", name);
        if (!prefix.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new DataFormatException(name, "magic", 0, Convert.ToHexString(Magic), Convert.ToHexString(prefix.AsSpan(0, Magic.Length)));
        }

        int lengthBytes = (prefix[6], prefix[7]) switch
        {
            (1, 0) => 2,
            (2, 0) => 4,
            _ => throw new DataFormatException(name, "version", 6, "1.0 or 2.0", $"{prefix[6]}.{prefix[7]}"),
        };
        byte[] length = Take(stream, lengthBytes, PrefixBytes, "header length", name);
        long headerBytes = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (headerBytes > MaximumBytes)
        {
            throw new DataFormatException(name, "header length", PrefixBytes, $"at most {MaximumBytes}", $"{headerBytes}");
        }

        int start = PrefixBytes + lengthBytes;
        byte[] text = Take(stream, (int)headerBytes, start, "header", name);
        return Parse(Encoding.Latin1.GetString(text), start, start + (int)headerBytes, name);
    }

    private static NpyHeader Parse(string text, int offset, int dataStart, string name)
    {
        Match match = Dictionary().Match(text);
        string[] groups = ["descr", "order", "shape"];
        if (!match.Success || groups.Any(group => match.Groups[group].Captures.Count != 1))
        {
            throw new DataFormatException(name, "header", offset, "a dictionary with descr, fortran_order and shape", text.Trim());
        }

        string description = match.Groups["descr"].Value;
        if (!NpyTypes.TryParse(description, out NpyType type))
        {
            throw new DataFormatException(name, "descr", offset, $"one of {NpyTypes.Descriptions}", description);
        }

        if (match.Groups["order"].Value != "False")
        {
            throw new DataFormatException(name, "fortran_order", offset, "False (C order)", match.Groups["order"].Value);
        }

        return new NpyHeader(type, Dimensions(match.Groups["shape"].Value, offset, name), dataStart);
    }

    private static int[] Dimensions(string text, int offset, string name)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] dimensions = new int[parts.Length];
        long elements = 1;
        for (int k = 0; k < parts.Length; k++)
        {
            // Python 2 wrote long integers with an L.
            bool whole = int.TryParse(parts[k].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out dimensions[k]);
            elements = whole ? elements * dimensions[k] : long.MaxValue;
            if (elements > Array.MaxLength)
            {
                throw new DataFormatException(name, "shape", offset, $"at most {Array.MaxLength} elements", $"({text})");
            }
        }

        return dimensions;
    }

    private static byte[] Take(Stream stream, int count, int offset, string what, string name)
    {
        byte[] bytes = new byte[count];
        int read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return read == count ? bytes : throw new DataFormatException(name, what, offset, $"{count} bytes", $"{read} (the file is truncated)");
    }

    [GeneratedRegex(
        @"^\{\s*(('descr':\s*'(?<descr>[^']*)'|'fortran_order':\s*(?<order>True|False)|'shape':\s*\((?<shape>[0-9L, ]*)\))\s*(,\s*|(?=\})))*\}\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();
}
