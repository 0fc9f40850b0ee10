using System.Globalization;

namespace Bitcurve.Models.Data.Formats;

/// <summary>How the values of a .ply file are written.</summary>
internal enum PlyEncoding
{
    Ascii,
    BinaryLittleEndian,
}

/// <summary>One property: a number, or a list of numbers after their count.</summary>
/// <param name="Name">For example x or vertex_indices.</param>
/// <param name="Type">Of the number, or of the list's numbers.</param>
/// <param name="CountType">Of the list's count; null where the property is no list.</param>
internal sealed record PlyProperty(string Name, PlyType Type, PlyType? CountType);

/// <summary>An element, for example vertex: so many rows of the same properties.</summary>
internal sealed record PlyElement(string Name, int Count, List<PlyProperty> Properties);

/// <summary>The checked header of a .ply file.</summary>
/// <param name="Encoding">Of the values after it.</param>
/// <param name="Elements">In the file's order.</param>
/// <param name="Bytes">The header's length, with the end of its last line.</param>
/// <param name="Lines">The header's lines.</param>
internal sealed record PlyHeader(PlyEncoding Encoding, List<PlyElement> Elements, int Bytes, int Lines)
{
    private const int LongestLine = 1000;

    internal static PlyHeader Read(ReadOnlySpan<byte> file, string name)
    {
        (int offset, int lines) = (0, 0);
        List<PlyElement> elements = [];
        PlyEncoding? encoding = null;
        Require(Next(file, ref offset, name) is ["ply"], name, 0, "ply", "another magic");
        while (true)
        {
            int start = offset;
            string[] fields = Next(file, ref offset, name);
            lines++;
            switch (fields)
            {
                case ["comment" or "obj_info", ..]:
                    break;
                case ["format", "ascii", "1.0"] when encoding is null:
                    encoding = PlyEncoding.Ascii;
                    break;
                case ["format", "binary_little_endian", "1.0"] when encoding is null:
                    encoding = PlyEncoding.BinaryLittleEndian;
                    break;
                case ["element", var element, var count] when elements.All(other => other.Name != element) && Count(count) is { } rows:
                    elements.Add(new PlyElement(element, rows, []));
                    break;
                case ["property", "list", var count, var type, var property] when elements.Count > 0 && PlyTypes.Find(count) is { } countType
                    && !PlyTypes.IsFloat(countType) && PlyTypes.Find(type) is { } listType && IsNew(elements[^1], property):
                    elements[^1].Properties.Add(new PlyProperty(property, listType, countType));
                    break;
                case ["property", var type, var property] when elements.Count > 0 && PlyTypes.Find(type) is { } single && IsNew(elements[^1], property):
                    elements[^1].Properties.Add(new PlyProperty(property, single, null));
                    break;
                case ["end_header"] when encoding is { } known && elements.TrueForAll(element => element.Properties.Count > 0):
                    return new PlyHeader(known, elements, offset, lines + 1);
                default:
                    throw new DataFormatException(
                        name, "header line", start, "format ascii or binary_little_endian 1.0, elements, their properties, end_header", string.Join(' ', fields));
            }
        }
    }

    private static bool IsNew(PlyElement element, string property) => element.Properties.TrueForAll(other => other.Name != property);

    private static int? Count(string field) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    private static string[] Next(ReadOnlySpan<byte> file, ref int offset, string name)
    {
        ReadOnlySpan<byte> rest = file[offset..Math.Min(file.Length, offset + LongestLine)];
        int length = rest.IndexOf((byte)'\n');
        Require(length >= 0, name, offset, "a header line", "no end of line (the file is truncated, or no ply file)");
        offset += length + 1;
        return System.Text.Encoding.Latin1.GetString(rest[..length]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Require(bool holds, string name, int offset, string expected, string actual)
    {
        if (!holds)
        {
            throw new DataFormatException(name, "header", offset, expected, actual);
        }
    }
}
