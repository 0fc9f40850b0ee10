using System.Numerics;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Scenes;

/// <summary>
/// ScanNet's scans (Dai et al. 2017): a folder with <c>scannetv2_train.txt</c> and <c>scannetv2_val.txt</c>, a scan's name a line, and for each a
/// folder SCAN with <c>SCAN_vh_clean_2.labels.ply</c>. As is usual the published validation scans are the test split; every tenth training
/// scan validates here. Scans are scaled into the unit cube and sampled by area (thesis 6.4.1.1). Thread-safe; a scan is read whenever asked for.
/// </summary>
public sealed class ScanNetScenes : SceneSet
{
    private const string LabelsSuffix = "_vh_clean_2.labels.ply";
    private const int ValidationShare = 10;
    private const long Seed = 2017;

    // Offsets of queries and how many have them (RangeUDF, preprocessing of ScanNet).
    private static readonly (double Deviation, double Share)[] Offsets = [(0.08, 0.01), (0.02, 0.49), (0.003, 0.5)];

    // The benchmark's 20 of the 40 classes of NYU, by their number there.
    private static readonly (int Number, string Name)[] Classes =
    [
        (1, "wall"), (2, "floor"), (3, "cabinet"), (4, "bed"), (5, "chair"), (6, "sofa"), (7, "table"), (8, "door"), (9, "window"),
        (10, "bookshelf"), (11, "picture"), (12, "counter"), (14, "desk"), (16, "curtain"), (24, "refrigerator"), (28, "shower curtain"),
        (33, "toilet"), (34, "sink"), (36, "bathtub"), (39, "other furniture"),
    ];

    private readonly string folder;
    private readonly ScanNetOptions options;
    private readonly Lazy<Dictionary<Split, string[]>> names;

    /// <param name="folder">Read when first needed.</param>
    /// <param name="options">How many points.</param>
    public ScanNetScenes(string folder, ScanNetOptions options)
    {
        (this.folder, this.options) = (folder, options);
        names = new(() =>
        {
            var train = Names("scannetv2_train.txt");
            return new()
            {
                [Split.Train] = [.. train.Where((_, k) => k % ValidationShare != ValidationShare - 1)],
                [Split.Validation] = [.. train.Where((_, k) => k % ValidationShare == ValidationShare - 1)],
                [Split.Test] = Names("scannetv2_val.txt"),
            };
        });
    }

    public override IReadOnlyList<string> ClassNames { get; } = [.. Classes.Select(entry => entry.Name)];

    /// <summary>Of names and options: hashing gigabytes of scans would take longer than a training.</summary>
    public override string ContentHash => $"scannet {options} {string.Join(' ', names.Value.Select(entry => string.Join(' ', entry.Value)))}";

    /// <exception cref="DataFormatException">A list is missing or empty.</exception>
    public override int Count(Split split) => names.Value[split].Length;

    /// <exception cref="DataFormatException">The scan is missing or breaks the format.</exception>
    public override Scene Get(Split split, int index)
    {
        var name = names.Value[split][index];
        var path = Path.Combine(folder, name, name + LabelsSuffix);
        var file = Ply.Read(path);
        var labels = Array.ConvertAll(file.Column("vertex", "label"), ClassOf);
        var mesh = Normalised(file.Mesh(), path);
        var random = new KeyedRandom(Seed, (long)split, index);
        var points = MeshSampling.Points(mesh, options.PointCount, random).Points;
        var surface = MeshSampling.Points(mesh, options.SurfaceCount, random).Points;
        var near = MeshSampling.Points(mesh, options.QueryCount, random).Points;
        var queries = Array.ConvertAll(near, point => point + Offset(random));
        var vertices = new PointSearch(mesh.Vertices);
        int LabelAt(Vector3 place) => labels[vertices.Nearest(place).Number];
        return new(
            points, queries, new PointSearch(surface).Distances(queries), Array.ConvertAll(queries, LabelAt), surface, Array.ConvertAll(surface, LabelAt));
    }

    private static int ClassOf(double number)
    {
        var found = Array.FindIndex(Classes, entry => entry.Number == number);
        return found < 0 ? Scene.Unlabelled : found;
    }

    private static TriangleMesh Normalised(TriangleMesh mesh, string path)
    {
        if (mesh.Triangles.Length == 0)
        {
            throw new DataFormatException(path, "element face", null, "triangles to sample points from", "none");
        }

        var bounds = BoundingBox.Of(mesh.Vertices);
        var edge = Math.Max(bounds.Size.X, Math.Max(bounds.Size.Y, bounds.Size.Z));
        return new([.. mesh.Vertices.Select(vertex => (vertex - bounds.Centre) / edge)], mesh.Triangles);
    }

    private static Vector3 Offset(KeyedRandom random)
    {
        var (drawn, kind) = (random.NextUniform(), 0);
        while (kind + 1 < Offsets.Length && drawn >= Offsets[kind].Share)
        {
            drawn -= Offsets[kind++].Share;
        }

        return (float)Offsets[kind].Deviation * new Vector3((float)random.NextNormal(), (float)random.NextNormal(), (float)random.NextNormal());
    }

    private string[] Names(string list)
    {
        var path = Path.Combine(folder, list);
        var lines = File.Exists(path)
            ? File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray()
            : throw new DataFormatException(path, "list of scans", null, "a file", "no such file");
        return lines.Length > 0 ? lines : throw new DataFormatException(path, "list of scans", null, "a scan's name a line", "none");
    }
}
