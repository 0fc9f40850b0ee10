using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Reads .off files: meshes as text, as ModelNet40 publishes them.</summary>
/// <remarks>
/// A line OFF, a line with the numbers of vertices, faces and edges (which may follow OFF on its line without a space: some hundred files of
/// ModelNet40 begin with OFF490 518 0), then a vertex a line (x y z) and a face a line (n, n vertex numbers, perhaps a colour).
/// Faces with more than three corners become fans. Source: Princeton Shape Benchmark, "Object File Format".
/// </remarks>
public static class OffMesh
{
    private const string Magic = "OFF";

    // Far above any mesh of the data set: against headers that ask for all memory.
    private const int MostElements = 1 << 26;

    /// <exception cref="DataFormatException">The file is missing or breaks the format; names the line.</exception>
    public static TriangleMesh Read(string path)
    {
        using FileStream stream = DataFiles.Open(path, "off file");
        return Read(stream, path);
    }

    /// <param name="stream">At the start of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The file breaks the format; names the line.</exception>
    public static TriangleMesh Read(Stream stream, string name)
    {
        var text = new TextFile(name, stream);
        (int vertexCount, int faceCount) = ReadCounts(text);
        var vertices = new List<Vector3>();
        for (int k = 0; k < vertexCount; k++)
        {
            string what = $"vertex {k}";
            string[] fields = text.Next(3, what);
            vertices.Add(new Vector3((float)text.Number(fields[0], what), (float)text.Number(fields[1], what), (float)text.Number(fields[2], what)));
        }

        var triangles = new List<Triangle>();
        for (int k = 0; k < faceCount; k++)
        {
            AddFace(text, $"face {k}", vertexCount, triangles);
        }

        return text.Next() is { Length: > 0 } rest
            ? throw text.Error("end", $"nothing after {faceCount} faces", string.Join(' ', rest))
            : new TriangleMesh([.. vertices], [.. triangles]);
    }

    private static (int Vertices, int Faces) ReadCounts(TextFile text)
    {
        string[] fields = text.Next();
        if (fields.Length == 0 || !fields[0].StartsWith(Magic, StringComparison.Ordinal))
        {
            throw text.Error("magic", Magic, fields.Length == 0 ? "the end of the file" : fields[0]);
        }

        string[] counts = [.. fields[0].Length > Magic.Length ? [fields[0][Magic.Length..]] : Array.Empty<string>(), .. fields[1..]];
        counts = counts.Length > 0 ? counts : text.Next(2, "counts");
        if (counts.Length is < 2 or > 3)
        {
            throw text.Error("counts", "vertices, faces and edges", string.Join(' ', counts));
        }

        int vertices = text.Whole(counts[0], MostElements, "number of vertices");
        int faces = text.Whole(counts[1], MostElements, "number of faces");
        return vertices > 0 && faces > 0 ? (vertices, faces) : throw text.Error("counts", "at least one vertex and one face", string.Join(' ', counts));
    }

    private static void AddFace(TextFile text, string what, int vertexCount, List<Triangle> triangles)
    {
        string[] fields = text.Next(4, what);
        int corners = text.Whole(fields[0], MostElements, what);
        if (corners < 3 || fields.Length <= corners)
        {
            throw text.Error(what, "3 or more, and as many vertices", string.Join(' ', fields));
        }

        int first = text.Whole(fields[1], vertexCount, what);
        int before = text.Whole(fields[2], vertexCount, what);
        for (int k = 3; k <= corners; k++)
        {
            int next = text.Whole(fields[k], vertexCount, what);
            triangles.Add(new Triangle(first, before, next));
            before = next;
        }
    }
}
