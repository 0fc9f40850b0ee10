using System.Numerics;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Tests.Surfaces;

namespace Bitcurve.Models.Tests.Data.Formats;

public class MeshVoxelsTests
{
    [Fact]
    public void Occupancy_Box_FillsTheMiddle()
    {
        // 2 x 1 x 1 anywhere: 24 x 12 x 12 of 30^3 voxels.
        var box = MarchingCubes.Extract(
            SampledField.Of(2, _ => 1), 2, 0.5f, new BoundingBox(new Vector3(5, 5, 5), new Vector3(7, 6, 6)), closeAtBorder: true);
        byte[] grid = MeshVoxels.Occupancy(box, 30);
        byte[] shell = MeshVoxels.Occupancy(box, 30, fill: false);

        Assert.Equal(24 * 12 * 12, grid.Sum(voxel => voxel));
        Assert.Equal((24 * 12 * 12) - (22 * 10 * 10), shell.Sum(voxel => voxel));
        Assert.All(grid, (voxel, k) => Assert.Equal(
            k % 30 is >= 3 and < 27 && k / 30 % 30 is >= 9 and < 21 && k / 900 is >= 9 and < 21, voxel == 1));
    }

    [Fact]
    public void Occupancy_Torus_KeepsItsHole()
    {
        byte[] grid = MeshVoxels.Occupancy(SampledField.Mesh(32, SampledField.Torus), 32);

        Assert.Equal(0, grid[(((16 * 32) + 16) * 32) + 16]);
        Assert.Equal(1, grid[(((16 * 32) + 16) * 32) + 16 + 9]);
        // Scaled so that 0.78 across takes 26 voxels; touching voxels add about half a voxel all around.
        double scale = 26 / 0.78;
        double volume = 2 * Math.PI * Math.PI * 0.28 * scale * Math.Pow((0.11 * scale) + 0.5, 2);
        Assert.InRange(grid.Sum(voxel => voxel), 0.9 * volume, 1.15 * volume);
    }

    // No triangle of a closed surface is missed: otherwise the flood would reach the inside.
    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(40)]
    public void Occupancy_Sphere_IsWatertight(int resolution)
    {
        TriangleMesh mesh = SampledField.Mesh(20, SampledField.Sphere);
        byte[] grid = MeshVoxels.Occupancy(mesh, resolution);
        byte[] shell = MeshVoxels.Occupancy(mesh, resolution, fill: false);

        int middle = resolution / 2;
        Assert.Equal(1, grid[(((middle * resolution) + middle) * resolution) + middle]);
        Assert.True(shell.Sum(voxel => voxel) < grid.Sum(voxel => voxel));
        int free = MeshVoxels.Margin(resolution);
        Assert.Equal(free, grid.Select((voxel, k) => voxel == 1 ? k % resolution : resolution).Min());
    }
}
