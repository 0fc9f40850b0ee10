using System.Numerics;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>How many points and columns are drawn from each scene of ScanNet; the same options draw the same.</summary>
public sealed record ScanNetOptions
{
    /// <summary>Keys every random stream. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>The encoder's points; default the thesis's (ch. 6, section 4.2), as for queries.</summary>
    public int PointCount { get; init; } = 10_240;

    public int QueryCount { get; init; } = 50_000;

    /// <summary>Surface points to evaluate with.</summary>
    public int SurfaceCount { get; init; } = 20_000;

    /// <summary>Columns drawn from each scene.</summary>
    public int ColumnsPerScene { get; init; } = 32;
}

/// <summary>Reads ScanNet version 2 as published: FOLDER/scannetv2_train.txt, FOLDER/scannetv2_val.txt and FOLDER/scans/ID/ID_vh_clean_2*.ply.</summary>
/// <remarks>
/// The labels of the benchmark's test scenes are not published: val is the test split here, as in the thesis (ch. 6, section 4.1), and one in
/// ten rooms of train (by hash of the room, so that two scans of one room stay together) is for validation. The scenes may lie in FOLDER
/// itself. A split is read when first asked for, on all cores, and then kept.
/// </remarks>
public static class ScanNet
{
    private const int ValidationShare = 10;
    private const long RoomStream = 301;
    private const long ColumnStream = 302;

    // Points by which the nearest triangles are found: about 2 cm apart in a large room.
    private const int SearchPoints = 100_000;

    /// <summary>The names of the labels of columns; 0 is free or of no class, which is not judged.</summary>
    public static IReadOnlyList<string> ColumnLabelNames { get; } = ["free", .. ScanNetClasses.Names];

    /// <summary>Each scene in the unit cube as points, queries with their unsigned distances, and labels 0 .. 19.</summary>
    /// <remarks>Triangles of no benchmark class are left out, so that every point has a label.</remarks>
    /// <exception cref="DataFormatException">The lists are not as published, or, when a split is asked for, a scene breaks its format.</exception>
    public static SampleSplits<RoomSample> LoadRooms(string folder, ScanNetOptions options)
    {
        Lists lists = ReadLists(folder);
        return new SampleSplits<RoomSample>("scannet", [], split =>
            DataFiles.ReadAll(
                lists.Scenes(split),
                scene => Room(scene.Path, options, new KeyedRandom(options.Seed, RoomStream, (long)split, scene.Index))));
    }

    /// <summary>Columns of 62 voxels of 5 cm with their neighbourhoods of 31 x 31 voxels (Dai and Niessner, "3DMV", ECCV 2018).</summary>
    /// <remarks>A mesh does not tell what the scanner did not see: all voxels count as seen.</remarks>
    /// <exception cref="DataFormatException">The lists are not as published, or, when a split is asked for, a scene breaks its format.</exception>
    public static SampleSplits<ColumnSample> LoadColumns(string folder, ScanNetOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ColumnsPerScene, 1);
        Lists lists = ReadLists(folder);
        return new SampleSplits<ColumnSample>("scannet columns", [], split =>
        [
            .. DataFiles.ReadAll(
                lists.Scenes(split),
                scene => ScanNetColumns.Draw(
                    ScanNetScene.Read(scene.Path), options.ColumnsPerScene, new KeyedRandom(options.Seed, ColumnStream, (long)split, scene.Index)))
                .SelectMany(columns => columns),
        ]);
    }

    private static RoomSample Room(string path, ScanNetOptions options, KeyedRandom random)
    {
        ScanNetScene scene = ScanNetScene.Read(path);
        byte[] labels = scene.TriangleLabels();
        int[] kept = [.. Enumerable.Range(0, labels.Length).Where(k => labels[k] != ScanNetClasses.None)];
        var mesh = new TriangleMesh(scene.Mesh.Vertices, [.. kept.Select(k => scene.Mesh.Triangles[k])]);
        if (mesh.Area <= 0)
        {
            throw new DataFormatException(path, "scene", null, "a surface of one of the 20 classes", "none");
        }

        mesh = mesh.Centred();
        MeshSample points = MeshSampling.Points(mesh, options.PointCount, random);
        MeshSample near = MeshSampling.Points(mesh, options.QueryCount, random);
        MeshSample surface = MeshSampling.Points(mesh, options.SurfaceCount, random);
        var distance = new MeshDistance(mesh, SearchPoints, random);
        Vector3[] queries = [.. near.Points.Select((point, k) => Query(point, k, random))];
        (int Triangle, float Distance)[] nearest = Array.ConvertAll(queries, distance.Nearest);
        return new RoomSample(
            Coordinates(points.Points), Coordinates(queries), Array.ConvertAll(nearest, found => found.Distance),
            Array.ConvertAll(nearest, found => labels[kept[found.Triangle]]),
            Coordinates(surface.Points), Array.ConvertAll(surface.Triangles, triangle => labels[kept[triangle]]));
    }

    // As for the generated rooms: of ten queries five lie about 0.01 off the surface, four about 0.04 and one anywhere in the cube.
    private static Vector3 Query(Vector3 surface, int number, KeyedRandom random)
    {
        Vector3 half = new(0.5f);
        return (number % 10) switch
        {
            0 => new Vector3(random.NextSingle(-0.5f, 0.5f), random.NextSingle(-0.5f, 0.5f), random.NextSingle(-0.5f, 0.5f)),
            < 5 => Vector3.Clamp(surface + random.NextOffset(0.04f), -half, half),
            _ => Vector3.Clamp(surface + random.NextOffset(0.01f), -half, half),
        };
    }

    private static float[] Coordinates(Vector3[] points) => [.. points.SelectMany(point => new[] { point.X, point.Y, point.Z })];

    private static Lists ReadLists(string folder)
    {
        string scans = Path.Combine(folder, "scans");
        scans = Directory.Exists(scans) ? scans : folder;
        string[] all = ClassFolders.Classes(scans);
        return new Lists(
            scans,
            ClassFolders.Listed(Path.Combine(folder, "scannetv2_train.txt"), all),
            ClassFolders.Listed(Path.Combine(folder, "scannetv2_val.txt"), all));
    }

    private sealed record Lists(string Folder, string[] Train, string[] Test)
    {
        internal IEnumerable<(string Path, int Index)> Scenes(Split split)
        {
            string[] ids = split == Split.Test ? Test : [.. Train.Where(id => IsForValidation(id) == (split == Split.Validation))];
            return ids.Length > 0
                ? ids.Select((id, index) => (Path.Combine(Folder, id), index))
                : throw new DataFormatException(Folder, $"{split.ToString().ToLowerInvariant()} scenes", null, "at least one", "none");
        }

        // The room of scene0123_01 is scene0123.
        private static bool IsForValidation(string id) => ClassFolders.Percentile(id.Split('_')[0]) >= 100 - ValidationShare;
    }
}
