using Bitcurve.Models.Networks.Meshes;

namespace Bitcurve.Models.Tests.Networks.Meshes;

public class IcoSphereTests
{
    [Theory]
    [InlineData(0, 12, 20, 30)]
    [InlineData(1, 42, 80, 120)]
    [InlineData(2, 162, 320, 480)]
    [InlineData(4, 2562, 5120, 7680)]
    public void Of_ALevel_IsAClosedUnitSphere(int level, int vertices, int triangles, int edges)
    {
        var mesh = IcoSphere.Of(level);
        var topology = new MeshTopology(mesh);

        Assert.Equal((vertices, triangles, edges), (topology.VertexCount, topology.Triangles.Count, topology.Edges.Count));
        Assert.True(mesh.IsClosed);
        Assert.Equal(2, mesh.EulerCharacteristic);
        Assert.All(mesh.Vertices, vertex => Assert.Equal(1, vertex.Length(), 1e-6f));
        Assert.InRange(mesh.Volume, 0.6 * 4.18879, 4.18879); // outwards, and inside the sphere
    }

    [Fact]
    public void Of_TooManySplits_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => IcoSphere.Of(6));
        Assert.StartsWith("expected 0 to 5 splits, got 6", error.Message, StringComparison.Ordinal);
    }
}
