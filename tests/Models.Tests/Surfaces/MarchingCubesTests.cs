using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Surfaces;

public class MarchingCubesTests
{
    [Fact]
    public void Extract_Sphere_IsClosedAndHasItsAreaAndVolume()
    {
        TriangleMesh mesh = SampledField.Mesh(33, SampledField.Sphere);

        Assert.True(mesh.IsClosed);
        Assert.Equal(2, mesh.EulerCharacteristic);
        Assert.All(mesh.Vertices, vertex => Assert.Equal(0.3, vertex.Length(), 1e-3));

        // An inscribed mesh of cells of 1/32: both fall short by the order of (h / r)^2 / 8 = 0.14 %.
        Assert.InRange(mesh.Volume, 0.99 * 4 / 3 * Math.PI * 0.027, 4.0 / 3 * Math.PI * 0.027);
        Assert.InRange(mesh.Area, 0.99 * 4 * Math.PI * 0.09, 4 * Math.PI * 0.09);
        Assert.All(
            Enumerable.Range(0, mesh.Triangles.Length).Where(k => mesh.TriangleArea(k) > 1e-6),
            k => Assert.True(Vector3.Dot(mesh.TriangleNormal(k), mesh.Vertices[mesh.Triangles[k].A]) > 0));
    }

    [Fact]
    public void Extract_Torus_HasOneHole()
    {
        TriangleMesh mesh = SampledField.Mesh(40, SampledField.Torus);

        Assert.True(mesh.IsClosed);
        Assert.Equal(0, mesh.EulerCharacteristic);
        Assert.Equal(2 * Math.PI * Math.PI * 0.28 * 0.11 * 0.11, mesh.Volume, 0.002);
    }

    [Fact]
    public void Extract_TwoSpheres_HasTwoPieces()
    {
        TriangleMesh mesh = SampledField.Mesh(
            30, p => Math.Min((p - new Vector3(0.2f, 0, 0)).Length(), (p + new Vector3(0.25f, 0.1f, 0)).Length()) - 0.15f);

        Assert.True(mesh.IsClosed);
        Assert.Equal(4, mesh.EulerCharacteristic);
    }

    // Noise has all 256 cases, ambiguous faces and inner diagonals included, in every neighbourhood.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Extract_Noise_IsClosed(int resolution)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new KeyedRandom(seed);
            float[] field = SampledField.Of(resolution, _ => (float)random.NextNormal());

            foreach (Inside inside in Enum.GetValues<Inside>())
            {
                TriangleMesh mesh = MarchingCubes.Extract(field, resolution, 0.1f, BoundingBox.UnitCube, inside, closeAtBorder: true);
                Assert.True(mesh.IsClosed);
                Assert.True(mesh.Volume > 0);
            }
        }
    }

    // Samples that lie exactly on the level must not make vertices coincide.
    [Fact]
    public void Extract_ValuesOnTheLevel_KeepsVerticesApart()
    {
        var random = new KeyedRandom(1);
        float[] field = SampledField.Of(12, _ => random.NextInt(3) - 1);

        TriangleMesh mesh = MarchingCubes.Extract(field, 12, 0, BoundingBox.UnitCube, Inside.Below);

        Assert.True(MarchingCubes.Extract(field, 12, 0, BoundingBox.UnitCube, Inside.Below, closeAtBorder: true).IsClosed);
        Assert.Equal(mesh.Vertices.Length, mesh.Vertices.Distinct().Count());
    }

    [Fact]
    public void Extract_AllCorners_CoversEveryCaseOnce()
    {
        for (int mask = 0; mask < 256; mask++)
        {
            float[] field = [.. Enumerable.Range(0, 8).Select(corner => (mask >> corner & 1) != 0 ? 1f : 0)];
            TriangleMesh mesh = MarchingCubes.Extract(field, 2, 0.5f, BoundingBox.UnitCube, closeAtBorder: true);

            Assert.True(mesh.IsClosed);
            Assert.Equal(mask == 0, mesh.Triangles.Length == 0);
        }
    }

    [Fact]
    public void Extract_OneCorner_IsTheTriangleAroundIt()
    {
        TriangleMesh mesh = MarchingCubes.Extract([1, 0, 0, 0, 0, 0, 0, 0], 2, 0.25f, new BoundingBox(Vector3.Zero, new Vector3(4, 8, 12)));

        Assert.Single(mesh.Triangles);
        Assert.Equal([new Vector3(3, 0, 0), new Vector3(0, 6, 0), new Vector3(0, 0, 9)], mesh.Vertices);
        Assert.True(Vector3.Dot(mesh.TriangleNormal(0), Vector3.One) > 0);
    }

    [Fact]
    public void Extract_FullCube_ClosedAtBorder_IsTheCube()
    {
        float[] field = SampledField.Of(5, _ => 1);
        TriangleMesh mesh = MarchingCubes.Extract(field, 5, 0.5f, BoundingBox.UnitCube, closeAtBorder: true);

        Assert.True(mesh.IsClosed);
        Assert.Equal(1, mesh.Volume, 1e-5);
        Assert.Empty(MarchingCubes.Extract(field, 5, 0.5f, BoundingBox.UnitCube).Triangles);
    }

    [Fact]
    public void Extract_WrongArguments_NamesThem()
    {
        Assert.Contains("actual 9 values with R = 2", Assert.Throws<ArgumentException>(() => MarchingCubes.Extract(new float[9], 2, 0, BoundingBox.UnitCube)).Message);
        Assert.Contains("R = 1", Assert.Throws<ArgumentException>(() => MarchingCubes.Extract(new float[1], 1, 0, BoundingBox.UnitCube)).Message);
        float[] strange = [0, 0, 0, float.NaN, 0, 0, 0, 0];
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => MarchingCubes.Extract(strange, 2, 0, BoundingBox.UnitCube)).Message);
        strange[3] = float.PositiveInfinity;
        Assert.Throws<ArgumentException>(() => MarchingCubes.Extract(strange, 2, 0, BoundingBox.UnitCube));
    }
}
