using System.Numerics;
using Bitcurve.Models.Data.Numpy;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Points of a file of occupancy networks, in its unit cube.</summary>
/// <param name="Points">N x 3 coordinates.</param>
/// <param name="Location">Where the unit cube's middle lies in the mesh's own units.</param>
/// <param name="Scale">The unit cube's side in the mesh's own units.</param>
public sealed record OccupancyPoints(float[] Points, Vector3 Location, float Scale)
{
    /// <summary>N: 1 inside, 0 outside; empty in a point cloud.</summary>
    public byte[] Occupancies { get; init; } = [];

    /// <summary>N x 3 normals; empty in points.npz.</summary>
    public float[] Normals { get; init; } = [];
}

/// <summary>How many points are kept of each shape; the same options draw the same.</summary>
public sealed record OccupancyNpzOptions
{
    /// <summary>Keys every random stream. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Of pointcloud.npz's points (100,000 as published), drawn without repetition.</summary>
    public int SurfaceCount { get; init; } = 2048;

    /// <summary>Of points.npz's points (100,000 as published), drawn without repetition.</summary>
    public int QueryCount { get; init; } = 4096;
}

/// <summary>Reads the data of occupancy networks as published: FOLDER/CLASS/ID/points.npz and pointcloud.npz, CLASS/train.lst, val.lst and test.lst.</summary>
/// <remarks>
/// points.npz: points (N x 3), occupancies (a bit each, most significant first, padded to whole bytes; or N bytes 0 and 1), loc (3), scale.
/// pointcloud.npz: points and normals (N x 3), loc, scale. Coordinates are half, single or double precision.
/// A fixed draw of each shape's points is kept, where the authors' code draws anew for every batch. Without lists the SHA-256 of CLASS/ID
/// decides: eight, one and one tenth. Source: Mescheder et al., CVPR 2019, and the repository autonomousvision/occupancy_networks.
/// </remarks>
public static class OccupancyNpz
{
    private const long Stream = 303;

    private static readonly NpyType[] Floats = [NpyType.F16, NpyType.F32, NpyType.F64];

    /// <summary>Shapes without part labels: all surface points and all queries inside have label 0.</summary>
    /// <exception cref="DataFormatException">The folders are not so, or, when a split is asked for, a file breaks its format or has too few points.</exception>
    public static SampleSplits<PartsSample> Load(string folder, OccupancyNpzOptions options)
    {
        string[] classes = ClassFolders.Classes(folder);
        return new SampleSplits<PartsSample>("onet-npz", classes, split =>
        {
            (string Path, int Category)[] shapes =
                [.. classes.SelectMany((name, category) => Shapes(folder, name, split).Select(path => (path, category)))];
            return shapes.Length == 0
                ? throw new DataFormatException(folder, $"{split.ToString().ToLowerInvariant()} shapes", null, "at least one", "none")
                : DataFiles.ReadAll(
                    shapes.Select((shape, index) => (shape, index)),
                    item => Sample(item.shape.Path, item.shape.Category, options, new KeyedRandom(options.Seed, Stream, (long)split, item.index)));
        });
    }

    /// <summary>Reads points.npz.</summary>
    /// <exception cref="DataFormatException">The file is missing or breaks the format.</exception>
    public static OccupancyPoints ReadPoints(string path)
    {
        using NpzFile file = NpzFile.Open(path);
        OccupancyPoints points = Read(file, path);
        int count = points.Points.Length / 3;
        NpyArray occupancies = file.Read("occupancies").Require([NpyType.U8], [null]);
        return points with { Occupancies = occupancies.Shape[0] == count ? Bytes(occupancies) : Bits(occupancies, count) };
    }

    /// <summary>Reads pointcloud.npz.</summary>
    /// <exception cref="DataFormatException">The file is missing or breaks the format.</exception>
    public static OccupancyPoints ReadPointCloud(string path)
    {
        using NpzFile file = NpzFile.Open(path);
        OccupancyPoints points = Read(file, path);
        return points with { Normals = Finite(file.Read("normals").Require(Floats, points.Points.Length / 3, 3)) };
    }

    private static IEnumerable<string> Shapes(string folder, string name, Split split)
    {
        string[] all = [.. Directory.GetDirectories(Path.Combine(folder, name)).Select(path => Path.GetFileName(path))];
        return ClassFolders.Items(folder, name, split, all).Select(id => Path.Combine(folder, name, id));
    }

    private static PartsSample Sample(string folder, int category, OccupancyNpzOptions options, KeyedRandom random)
    {
        (string cloudPath, string pointsPath) = (Path.Combine(folder, "pointcloud.npz"), Path.Combine(folder, "points.npz"));
        OccupancyPoints cloud = ReadPointCloud(cloudPath);
        OccupancyPoints points = ReadPoints(pointsPath);
        int[] onSurface = Choose(cloud.Points.Length / 3, options.SurfaceCount, cloudPath, random);
        int[] queries = Choose(points.Points.Length / 3, options.QueryCount, pointsPath, random);
        byte[] occupancies = Array.ConvertAll(queries, k => points.Occupancies[k]);
        return new PartsSample(
            Coordinates(cloud.Points, onSurface), new byte[onSurface.Length], Coordinates(points.Points, queries), occupancies,
            Array.ConvertAll(occupancies, occupancy => occupancy != 0 ? (byte)0 : OccupancySamples.Outside), category);
    }

    // The first of a random order (Fisher and Yates, stopped early).
    private static int[] Choose(int available, int count, string path, KeyedRandom random)
    {
        if (count < 1 || count > available)
        {
            throw new DataFormatException(path, "points", null, $"at least the {count} asked for", $"{available}");
        }

        int[] order = [.. Enumerable.Range(0, available)];
        for (int k = 0; k < count; k++)
        {
            int chosen = k + random.NextInt(available - k);
            (order[k], order[chosen]) = (order[chosen], order[k]);
        }

        return order[..count];
    }

    private static float[] Coordinates(float[] points, int[] chosen) =>
        [.. chosen.SelectMany(k => new[] { points[3 * k], points[(3 * k) + 1], points[(3 * k) + 2] })];

    private static OccupancyPoints Read(NpzFile file, string path)
    {
        float[] points = Finite(file.Read("points").Require(Floats, null, 3));
        float[] location = Finite(file.Read("loc").Require(Floats, 3));
        NpyArray scale = file.Read("scale").Require(Floats);
        float side = Finite(scale)[0];
        if (points.Length == 0 || side <= 0)
        {
            throw new DataFormatException(path, "points and scale", null, "at least one point and a scale above zero", $"{points.Length / 3} and {side}");
        }

        return new OccupancyPoints(points, new Vector3(location), side);
    }

    private static float[] Finite(NpyArray array)
    {
        float[] values = array.ToFloat32();
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0 ? values : throw new DataFormatException(array.Name, "element", array.OffsetOf(wrong), "a finite number", $"{values[wrong]}");
    }

    private static byte[] Bytes(NpyArray occupancies)
    {
        byte[] values = occupancies.Bytes.ToArray();
        int wrong = Array.FindIndex(values, value => value > 1);
        return wrong < 0 ? values : throw new DataFormatException(occupancies.Name, "element", occupancies.OffsetOf(wrong), "0 or 1", $"{values[wrong]}");
    }

    private static byte[] Bits(NpyArray packed, int count)
    {
        int bytes = (count + 7) / 8;
        if (packed.Shape[0] != bytes)
        {
            throw new DataFormatException(packed.Name, "shape", 0, $"[{bytes}] (a bit for each of {count} points) or [{count}]", packed.Header.ShapeText);
        }

        byte[] values = new byte[count];
        for (int k = 0; k < count; k++)
        {
            values[k] = (byte)(packed.Bytes.Span[k / 8] >> (7 - (k % 8)) & 1);
        }

        return values;
    }
}
