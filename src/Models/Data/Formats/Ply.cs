using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>The contents of a .ply file: ASCII or binary little-endian, version 1.0.</summary>
/// <remarks>Source: G. Turk, "The PLY polygon file format", 1994. Elements and properties that nobody asks for are read and checked, too.</remarks>
public sealed class Ply
{
    // Against lists that ask for all memory.
    private const int LongestList = 1 << 16;

    private readonly string name;
    private readonly List<PlyElement> elements;
    private readonly Dictionary<(string Element, string Property), double[]> columns = [];
    private readonly Dictionary<(string Element, string Property), double[][]> lists = [];

    private Ply(string name, List<PlyElement> elements) => (this.name, this.elements) = (name, elements);

    /// <exception cref="DataFormatException">The file is missing or breaks the format; names byte or line.</exception>
    public static Ply Read(string path)
    {
        using FileStream stream = DataFiles.Open(path, "ply file");
        if (stream.Length > Array.MaxLength)
        {
            throw new DataFormatException(path, "ply file", null, $"at most {Array.MaxLength} bytes", $"{stream.Length}");
        }

        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return Read(file, path);
    }

    /// <param name="file">Its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The file breaks the format; names byte or line.</exception>
    public static Ply Read(byte[] file, string name)
    {
        PlyHeader header = PlyHeader.Read(file, name);
        PlyValues values = header.Encoding == PlyEncoding.Ascii
            ? new PlyValues.Text(file, header.Bytes, header.Lines, name)
            : new PlyValues.Binary(file, header.Bytes, name);
        var ply = new Ply(name, header.Elements);
        foreach (PlyElement element in header.Elements)
        {
            // Each row has a byte or more: a count above the file's length is a lie, and asks for memory that it does not fill.
            if (element.Count > file.Length)
            {
                throw new DataFormatException(name, $"element {element.Name}", 0, $"at most {file.Length}, the file's bytes", $"{element.Count}");
            }

            ply.ReadElement(element, values);
        }

        values.RequireEnd();
        return ply;
    }

    public bool Contains(string element, string property) =>
        elements.Exists(other => other.Name == element && other.Properties.Exists(candidate => candidate.Name == property));

    /// <summary>A number of each row.</summary>
    /// <exception cref="DataFormatException">There is no such property, or it is a list.</exception>
    public double[] Column(string element, string property) =>
        columns.TryGetValue((element, property), out double[]? column) ? column : throw Missing(element, property);

    /// <summary>Vertices x, y, z and, where the file has faces, their fans of triangles.</summary>
    /// <exception cref="DataFormatException">There are no vertices, or a face names one that is not there or has fewer than three.</exception>
    public TriangleMesh Mesh()
    {
        (double[] x, double[] y, double[] z) = (Column("vertex", "x"), Column("vertex", "y"), Column("vertex", "z"));
        Vector3[] vertices = [.. x.Select((_, k) => new Vector3((float)x[k], (float)y[k], (float)z[k]))];
        int strange = Array.FindIndex(vertices, vertex => !float.IsFinite(vertex.X) || !float.IsFinite(vertex.Y) || !float.IsFinite(vertex.Z));
        if (strange >= 0)
        {
            throw new DataFormatException(name, $"vertex {strange}", null, "coordinates within single precision", $"{x[strange]}, {y[strange]}, {z[strange]}");
        }

        string property = Contains("face", "vertex_index") ? "vertex_index" : "vertex_indices";
        if (elements.Find(element => element.Name == "face") is null or { Count: 0 })
        {
            return new TriangleMesh(vertices, []);
        }

        double[][] faces = lists.TryGetValue(("face", property), out double[][]? found) ? found : throw Missing("face", property);
        return new TriangleMesh(vertices, [.. faces.SelectMany((face, k) => Fan(face, k, vertices.Length))]);
    }

    private IEnumerable<Triangle> Fan(double[] face, int number, int vertexCount)
    {
        int[] corners = Array.ConvertAll(face, corner => corner >= 0 && corner < vertexCount
            ? (int)corner
            : throw new DataFormatException(name, $"face {number}", null, $"vertices 0 .. {vertexCount - 1}", $"{corner}"));
        return corners.Length >= 3
            ? Enumerable.Range(2, corners.Length - 2).Select(k => new Triangle(corners[0], corners[k - 1], corners[k]))
            : throw new DataFormatException(name, $"face {number}", null, "three vertices or more", $"{corners.Length}");
    }

    private void ReadElement(PlyElement element, PlyValues values)
    {
        // A column or a list column for each property, whichever it is.
        double[][] singles = [.. element.Properties.Select(property => property.CountType is null ? new double[element.Count] : [])];
        double[][][] several = [.. element.Properties.Select(property => property.CountType is null ? [] : new double[element.Count][])];
        for (int row = 0; row < element.Count; row++)
        {
            for (int k = 0; k < singles.Length; k++)
            {
                (int number, PlyProperty property) = (row, element.Properties[k]);
                Func<string> what = () => $"{element.Name} {number} {property.Name}";
                if (property.CountType is { } countType)
                {
                    several[k][row] = ReadList(property.Type, countType, values, what);
                }
                else
                {
                    singles[k][row] = values.Next(property.Type, what);
                }
            }
        }

        for (int k = 0; k < singles.Length; k++)
        {
            (string Element, string Property) key = (element.Name, element.Properties[k].Name);
            if (element.Properties[k].CountType is null)
            {
                columns[key] = singles[k];
            }
            else
            {
                lists[key] = several[k];
            }
        }
    }

    private double[] ReadList(PlyType type, PlyType countType, PlyValues values, Func<string> what)
    {
        double count = values.Next(countType, what);
        double[] list = count is >= 0 and <= LongestList
            ? new double[(int)count]
            : throw new DataFormatException(name, what(), null, $"a list of at most {LongestList}", $"{count}");
        for (int k = 0; k < list.Length; k++)
        {
            list[k] = values.Next(type, what);
        }

        return list;
    }

    private DataFormatException Missing(string element, string property) => new(
        name, "elements", 0, $"{element} with {property}",
        string.Join("; ", elements.Select(other => $"{other.Name}: {string.Join(' ', other.Properties.Select(candidate => candidate.Name))}")));
}
