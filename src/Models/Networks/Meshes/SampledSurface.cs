using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>Points drawn uniformly by area from the surfaces of a batch of meshes, as functions of the vertices that gradients can pass.</summary>
/// <param name="Points">B x P x 3.</param>
/// <param name="Normals">B x P x 3: the unit normals of the points' triangles.</param>
/// <param name="Positions">B arrays: the same points, to search among.</param>
public sealed record SampledSurface(Tensor Points, Tensor Normals, IReadOnlyList<Vector3[]> Positions)
{
    // Keeps the normal of a triangle without area finite.
    private const double SmallestLength = 1e-12;

    /// <summary>Draws the same number of points from each mesh (Mesh R-CNN, Gkioxari et al. 2019, section 3.3: "differentiable sampling").</summary>
    /// <param name="vertices">V x B x 3, finite.</param>
    /// <param name="triangles">Of all meshes alike.</param>
    /// <param name="count">P.</param>
    /// <param name="random">One stream per mesh.</param>
    public static SampledSurface Draw(Tensor vertices, IReadOnlyList<Triangle> triangles, int count, Func<int, KeyedRandom> random)
    {
        using var scope = NewDisposeScope();
        var meshes = Meshes(vertices, triangles);
        var samples = meshes.Select((mesh, b) => MeshSampling.Points(mesh, count, random(b))).ToList();
        var flat = vertices.reshape(-1, 3); // V B x 3
        var (a, b, c) = (Corner(t => t.A), Corner(t => t.B), Corner(t => t.C));
        var points = (a * Weight(w => w.X)) + (b * Weight(w => w.Y)) + (c * Weight(w => w.Z));
        var cross = Cross(b - a, c - a);
        var normals = cross / (cross.square().sum(1, keepdim: true) + SmallestLength * SmallestLength).sqrt();
        return new(
            points.view(meshes.Count, count, 3).MoveToOuterDisposeScope(),
            normals.view(meshes.Count, count, 3).MoveToOuterDisposeScope(),
            samples.ConvertAll(sample => sample.Points));

        Tensor Corner(Func<Triangle, int> corner) => flat.index_select(0, tensor(
            [.. samples.SelectMany((sample, b) => sample.Triangles.Select(t => ((long)corner(triangles[t]) * meshes.Count) + b))], device: vertices.device));

        Tensor Weight(Func<Vector3, float> coordinate) => tensor(
            [.. samples.SelectMany(sample => sample.Weights.Select(coordinate))], [(long)meshes.Count * count, 1], device: vertices.device);
    }

    /// <summary>The meshes of a batch of vertices, V x B x 3.</summary>
    public static IReadOnlyList<TriangleMesh> Meshes(Tensor vertices, IReadOnlyList<Triangle> triangles)
    {
        var values = vertices.data<float>().ToArray();
        var (count, batch) = ((int)vertices.shape[0], (int)vertices.shape[1]);
        Triangle[] shared = [.. triangles];
        return [.. Enumerable.Range(0, batch).Select(b => new TriangleMesh([.. Enumerable.Range(0, count).Select(v => At(((v * batch) + b) * 3))], shared))];

        Vector3 At(int first) => new(values[first], values[first + 1], values[first + 2]);
    }

    // Of N x 3 rows.
    private static Tensor Cross(Tensor left, Tensor right)
    {
        var (l, r) = (Axes(left), Axes(right));
        return cat([(l.Y * r.Z) - (l.Z * r.Y), (l.Z * r.X) - (l.X * r.Z), (l.X * r.Y) - (l.Y * r.X)], 1);
    }

    private static (Tensor X, Tensor Y, Tensor Z) Axes(Tensor rows) => (rows.narrow(1, 0, 1), rows.narrow(1, 1, 1), rows.narrow(1, 2, 1));
}
