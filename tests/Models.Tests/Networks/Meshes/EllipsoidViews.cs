using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Meshes;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Networks.Meshes;

/// <summary>Ellipsoids of random size at random places, seen from the front by a far camera: bright where covered, brighter the deeper they are.</summary>
internal static class EllipsoidViews
{
    private static readonly TriangleMesh Sphere = IcoSphere.Of(3);

    /// <summary>24 pixels wide; the camera is so far away that the projection is nearly orthographic.</summary>
    internal static MeshViews Of(int trainCount, int validationCount) => new(
        new ViewCamera(Distance: 100, Focal: 160),
        split => [.. Enumerable.Range(0, split == Split.Train ? trainCount : validationCount).Select(index => View(new KeyedRandom(8, (long)split, index)))],
        () => $"ellipsoids {trainCount} {validationCount}");

    private static MeshView View(KeyedRandom random)
    {
        const int size = 24;
        var radius = new Vector3(Uniform(0.12, 0.4), Uniform(0.12, 0.4), Uniform(0.1, 0.5));
        var centre = new Vector3(Uniform(-0.15, 0.15), Uniform(-0.15, 0.15), 0);
        var covered = new bool[size * size];
        var image = new byte[3 * size * size];
        for (var pixel = 0; pixel < covered.Length; pixel++)
        {
            var (x, y) = (((((pixel % size) + 0.5f) * 2 / size) - 1) * 0.625f, ((((pixel / size) + 0.5f) * -2 / size) + 1) * 0.625f);
            covered[pixel] = MathF.Pow((x - centre.X) / radius.X, 2) + MathF.Pow((y - centre.Y) / radius.Y, 2) < 1;
            for (var channel = 0; channel < 3; channel++)
            {
                image[(channel * covered.Length) + pixel] = covered[pixel] ? (byte)(60 + (380 * radius.Z)) : (byte)20;
            }
        }

        var mesh = new TriangleMesh(Array.ConvertAll(Sphere.Vertices, v => centre + (v * radius)), Sphere.Triangles);
        var sample = MeshSampling.Points(mesh, 300, random);
        return new MeshView(image, ImageBox.Around(covered, size), sample.Points, sample.Normals);

        float Uniform(double low, double high) => (float)random.NextUniform(low, high);
    }
}
