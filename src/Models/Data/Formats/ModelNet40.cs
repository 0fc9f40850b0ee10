using System.Numerics;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Reads ModelNet40 as published: FOLDER/CLASS/train/*.off and FOLDER/CLASS/test/*.off, as voxels.</summary>
/// <remarks>
/// The z axis is up in the files and the y axis here. One in ten training meshes (by hash of CLASS/NAME) is for validation.
/// Every class needs training meshes; a split is voxelised when first asked for, on all cores, and then kept.
/// Source: Wu et al., "3D ShapeNets", CVPR 2015.
/// </remarks>
public static class ModelNet40
{
    private const int ValidationShare = 10;

    /// <param name="folder">Of the class folders.</param>
    /// <param name="resolution">Voxels along each axis.</param>
    /// <exception cref="DataFormatException">The folders are not as published, or, when a split is asked for, a file breaks its format.</exception>
    public static SampleSplits<SolidsSample> Load(string folder, int resolution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        string[] classes = ClassFolders.Classes(folder);
        foreach (string name in classes)
        {
            RequireFolder(Path.Combine(folder, name, "train"));
            RequireFolder(Path.Combine(folder, name, "test"));
        }

        return new SampleSplits<SolidsSample>($"modelnet40 {resolution}^3", classes, split => Read(folder, classes, resolution, split));
    }

    private static void RequireFolder(string folder)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.off").Length == 0)
        {
            throw new DataFormatException(folder, "class folder", null, "a folder with .off files", "none");
        }
    }

    private static SolidsSample[] Read(string folder, string[] classes, int resolution, Split split)
    {
        (string Path, int Category)[] files =
            [.. classes.SelectMany((name, category) => Files(folder, name, split).Select(path => (path, category)))];
        return files.Length == 0
            ? throw new DataFormatException(folder, $"{split.ToString().ToLowerInvariant()} meshes", null, "at least one", "none")
            : DataFiles.ReadAll(files, file => Voxels(file.Path, file.Category, resolution));
    }

    private static IEnumerable<string> Files(string folder, string name, Split split)
    {
        string place = Path.Combine(folder, name, split == Split.Test ? "test" : "train");
        IEnumerable<string> files = Directory.GetFiles(place, "*.off").Order(StringComparer.Ordinal);
        return split == Split.Test ? files : files.Where(
            path => (ClassFolders.Percentile($"{name}/{Path.GetFileName(path)}") >= 100 - ValidationShare) == (split == Split.Validation));
    }

    private static SolidsSample Voxels(string path, int category, int resolution)
    {
        TriangleMesh mesh = OffMesh.Read(path);
        Vector3 size = mesh.Bounds.Size;
        if (size == Vector3.Zero || !float.IsFinite(size.Length()))
        {
            throw new DataFormatException(path, "extent of the mesh", null, "above zero and finite", $"{size}");
        }

        var upright = new TriangleMesh(Array.ConvertAll(mesh.Vertices, vertex => new Vector3(vertex.X, vertex.Z, -vertex.Y)), mesh.Triangles);
        return new SolidsSample(MeshVoxels.Occupancy(upright, resolution), category);
    }
}
