using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Surfaces;

public class TriangleMeshTests
{
    private static readonly TriangleMesh Tetrahedron = new(
        [Vector3.Zero, Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ], [new(0, 2, 1), new(0, 1, 3), new(0, 3, 2), new(1, 2, 3)]);

    [Fact]
    public void Measures_Tetrahedron_AreThoseByHand()
    {
        Assert.True(Tetrahedron.IsClosed);
        Assert.Equal(2, Tetrahedron.EulerCharacteristic);
        Assert.Equal(1.0 / 6, Tetrahedron.Volume, 1e-7);
        Assert.Equal(1.5 + (Math.Sqrt(3) / 2), Tetrahedron.Area, 1e-6);
        Assert.Equal(-Vector3.UnitZ, Tetrahedron.TriangleNormal(0));
        Assert.True(Vector3.Distance(-Vector3.One / MathF.Sqrt(3), Tetrahedron.VertexNormals()[0]) < 1e-6);
    }

    [Fact]
    public void IsClosed_HoleOrTurnedTriangle_IsFalse()
    {
        Assert.False(new TriangleMesh(Tetrahedron.Vertices, Tetrahedron.Triangles[..3]).IsClosed);
        Assert.False(new TriangleMesh(Tetrahedron.Vertices, [new(0, 1, 2), .. Tetrahedron.Triangles[1..]]).IsClosed);
        Assert.False(new TriangleMesh(Tetrahedron.Vertices, [.. Tetrahedron.Triangles, .. Tetrahedron.Triangles]).IsClosed);
    }

    [Fact]
    public void Centred_AnyMesh_FillsTheCubeAlongItsLongestSide()
    {
        var mesh = new TriangleMesh([new(1, 2, 3), new(5, 2, 3), new(1, 4, 4), new(99, 0, 0)], [new(0, 1, 2)]);

        Assert.Equal(new BoundingBox(new(1, 2, 3), new(5, 4, 4)), mesh.Bounds);
        Assert.Equal([new(-0.5f, -0.25f, -0.125f), new(0.5f, -0.25f, -0.125f), new(-0.5f, 0.25f, 0.125f)], mesh.Centred().Vertices[..3]);
        Assert.Throws<InvalidOperationException>(() => new TriangleMesh([Vector3.One], []).Centred());
    }

    [Fact]
    public void Constructor_WrongVertex_NamesIt()
    {
        Assert.Contains("Triangle 0: expected vertices 0 .. 0", Assert.Throws<ArgumentException>(() => new TriangleMesh([Vector3.Zero], [new(0, 0, 1)])).Message);
        Assert.Contains("Vertex 1", Assert.Throws<ArgumentException>(() => new TriangleMesh([Vector3.Zero, new(0, float.NaN, 0)], [])).Message);
    }

    [Fact]
    public void Points_TwoTriangles_AreUniformByArea()
    {
        // Areas 3 and 1; the first is split in four equal ones by its edges' middles.
        var mesh = new TriangleMesh(
            [new(0, 0, 0), new(2, 0, 0), new(0, 3, 0), new(9, 0, 0), new(9, 2, 0), new(9, 0, 1)], [new(0, 1, 2), new(3, 3, 3), new(3, 4, 5)]);
        MeshSample sample = MeshSampling.Points(mesh, 40_000, new KeyedRandom(7));

        // Standard deviation of a share p of 40,000: at most 0.0025; four of them.
        Assert.Equal(0.75, sample.Triangles.Count(k => k == 0) / 40_000.0, 0.01);
        Assert.DoesNotContain(1, sample.Triangles);
        Vector3[] first = [.. sample.Points.Where((_, k) => sample.Triangles[k] == 0)];
        Assert.Equal(0.25, first.Count(p => p.X > 1) / (double)first.Length, 0.01);
        Assert.Equal(0.25, first.Count(p => p.Y > 1.5) / (double)first.Length, 0.01);
        Assert.Equal(0.25, first.Count(p => (p.X / 2) + (p.Y / 3) < 0.5) / (double)first.Length, 0.01);
        Assert.All(sample.Points, (p, k) => Assert.Equal(sample.Triangles[k] == 0 ? Vector3.UnitZ : Vector3.UnitX, sample.Normals[k]));
        Assert.All(sample.Weights, weights => Assert.Equal(1, weights.X + weights.Y + weights.Z, 1e-5));
    }

    [Fact]
    public void Points_NoArea_IsRefused() =>
        Assert.Contains("area above zero", Assert.Throws<ArgumentException>(
            () => MeshSampling.Points(new TriangleMesh([Vector3.Zero], [new(0, 0, 0)]), 1, new KeyedRandom(0))).Message);
}
