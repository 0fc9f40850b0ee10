using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Meshes;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Meshes;

public class MeshLossesTests
{
    private static readonly TriangleMesh Sphere = IcoSphere.Of(1);

    [Fact]
    public void Points_ByHand_AreChamferAndNormalDistance()
    {
        using var scope = NewDisposeScope();
        var predicted = Surface([new(0, 0, 0), new(1, 0, 0)], [new(0, 0, 1), new(0, 1, 0)]);
        var truth = Surface([new(0, 0, 1), new(1, 0, 0.5f), new(4, 0, 0)], [new(0, 0, -1), new(0.6f, 0.8f, 0), new(1, 0, 0)]);

        var (chamfer, normal) = MeshLosses.Points(predicted, truth);

        // To the truth 1 and 0.25; from it 1, 0.25 and 9. Cosines 1 and 0.8; from it 1, 0.8 and 0.
        Assert.Equal((1.25 / 2) + (10.25 / 3), chamfer.item<float>(), 1e-5);
        Assert.Equal(1 - 0.9 + 1 - 0.6, normal.item<float>(), 1e-5);
    }

    [Fact]
    public void Points_OfABatch_AreThoseOfANaiveComputation()
    {
        using var scope = NewDisposeScope();
        var (left, right) = (Random(1, 2, 40), Random(2, 2, 55));

        var chamfer = MeshLosses.Points(left, right).Chamfer.item<float>();

        var expected = Enumerable.Range(0, 2).Average(b => OneWay(left.Positions[b], right.Positions[b]) + OneWay(right.Positions[b], left.Positions[b]));
        Assert.Equal(expected, chamfer, 1e-5);

        static double OneWay(Vector3[] from, Vector3[] to) => from.Average(p => to.Min(q => (double)Vector3.DistanceSquared(p, q)));
    }

    [Fact]
    public void Points_OfTheSameSurface_AreZero()
    {
        using var scope = NewDisposeScope();
        var surface = Random(3, 1, 30);
        var (chamfer, normal) = MeshLosses.Points(surface, surface);

        Assert.Equal(0, chamfer.item<float>(), 1e-6);
        Assert.Equal(0, normal.item<float>(), 1e-6);
    }

    [Fact]
    public void Losses_GradientsOfTheVertices_AreThoseOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var vertices = tensor([.. Sphere.Vertices.SelectMany(v => new[] { 0.4f * v.X, 0.3f * v.Y, 0.5f * v.Z })], [42, 1, 3]);
        var truth = Random(4, 1, 12);
        var drawn = SampledSurface.Draw(vertices, Sphere.Triangles, 8, _ => new KeyedRandom(5));

        // The same barycentric coordinates at every evaluation, as in a step; the draw depends on areas, which a small change moves.
        var frozen = Frozen(vertices, drawn);
        FiniteDifferences.Check([vertices], () => MeshLosses.Points(frozen(vertices), truth).Chamfer, step: 1e-3, tolerance: 1e-2);
        FiniteDifferences.Check([vertices], () => MeshLosses.Points(frozen(vertices), truth).Normal, step: 1e-3, tolerance: 2e-2);
        FiniteDifferences.Check([vertices], () => MeshLosses.Edges(vertices, new MeshTopology(Sphere).Arcs(CPU)), step: 1e-2, tolerance: 1e-2);
    }

    [Fact]
    public void Edges_ByHand_IsTheMeanSquaredLength()
    {
        using var scope = NewDisposeScope();
        var topology = new MeshTopology(new TriangleMesh([Vector3.Zero, 3 * Vector3.UnitX, 4 * Vector3.UnitY], [new(0, 1, 2)]));
        var vertices = tensor([0f, 0, 0, 3, 0, 0, 0, 4, 0], [3, 1, 3]);

        Assert.Equal((9 + 16 + 25) / 3.0, MeshLosses.Edges(vertices, topology.Arcs(CPU)).item<float>(), 1e-5);
    }

    [Fact]
    public void Draw_OfAMesh_LiesOnItWithItsNormals()
    {
        using var scope = NewDisposeScope();
        var vertices = tensor([.. Sphere.Vertices.SelectMany(v => new[] { v.X, v.Y, v.Z, 2 * v.X, 2 * v.Y, 2 * v.Z })], [42, 2, 3]);
        var drawn = SampledSurface.Draw(vertices, Sphere.Triangles, 200, b => new KeyedRandom(6, b));

        for (var b = 0; b < 2; b++)
        {
            var tensorPoints = PointSearch.Triples(drawn.Points.narrow(0, b, 1).data<float>().ToArray()).ToArray();
            var normals = PointSearch.Triples(drawn.Normals.narrow(0, b, 1).data<float>().ToArray()).ToArray();
            Assert.All(tensorPoints.Zip(drawn.Positions[b]), pair => Assert.True(Vector3.Distance(pair.First, pair.Second) < 1e-5));
            Assert.All(tensorPoints.Zip(normals), pair => Assert.True(Vector3.Dot(Vector3.Normalize(pair.First), pair.Second) > 0.9));
            Assert.All(tensorPoints, point => Assert.InRange(point.Length(), 0.85 * (b + 1), 1.0001 * (b + 1)));
        }
    }

    // Points and normals as functions of the vertices, with the triangles and barycentric coordinates of one draw.
    private static Func<Tensor, SampledSurface> Frozen(Tensor vertices, SampledSurface drawn)
    {
        var sample = MeshSampling.Points(SampledSurface.Meshes(vertices, Sphere.Triangles)[0], drawn.Positions[0].Length, new KeyedRandom(5));
        return current =>
        {
            // A mesh of the drawn triangles alone, each of the same share of the area whatever the change: drawn from by hand.
            var corners = new[] { 0, 1, 2 }.Select(k => current.index_select(0, tensor([.. sample.Triangles.Select(t => (long)Corner(Sphere.Triangles[t], k))])).squeeze(1)).ToList();
            var weights = new[] { 0, 1, 2 }.Select(k => tensor([.. sample.Weights.Select(w => w[k])], [sample.Weights.Length, 1])).ToList();
            var points = (corners[0] * weights[0]) + (corners[1] * weights[1]) + (corners[2] * weights[2]);
            var (left, right) = (corners[1] - corners[0], corners[2] - corners[0]);
            var cross = cat([Minor(1, 2), Minor(2, 0), Minor(0, 1)], 1);
            var normals = cross / cross.square().sum(1, keepdim: true).sqrt();
            return new SampledSurface(points.unsqueeze(0), normals.unsqueeze(0), [PointSearch.Triples(points.data<float>().ToArray()).ToArray()]);

            Tensor Minor(int i, int j) => (left.narrow(1, i, 1) * right.narrow(1, j, 1)) - (left.narrow(1, j, 1) * right.narrow(1, i, 1));
        };

        static int Corner(Triangle t, int k) => k == 0 ? t.A : k == 1 ? t.B : t.C;
    }

    private static SampledSurface Random(long seed, int batch, int count)
    {
        var random = new KeyedRandom(seed);
        var points = Enumerable.Range(0, batch).Select(_ => Directions()).ToList();
        var normals = Enumerable.Range(0, batch).Select(_ => Directions()).ToList();
        return new(Rows(points, 0.5f), Rows(normals, 1), [.. points.Select(each => Array.ConvertAll(each, p => 0.5f * p))]);

        Vector3[] Directions() => [.. Enumerable.Range(0, count).Select(_ => Vector3.Normalize(new((float)random.NextNormal(), (float)random.NextNormal(), (float)random.NextNormal())))];
    }

    private static SampledSurface Surface(Vector3[] points, Vector3[] normals) => new(Rows([points], 1), Rows([normals], 1), [points]);

    private static Tensor Rows(IReadOnlyList<Vector3[]> points, float scale) => tensor(
        [.. points.SelectMany(each => each.SelectMany(p => new[] { scale * p.X, scale * p.Y, scale * p.Z }))], [points.Count, points[0].Length, 3]);
}
