namespace Bitcurve.Models.Data.Solids;

/// <summary>A surface and the distances around it.</summary>
/// <param name="Input">K x 3 coordinates of points uniform on the surface: what the network is given, as <see cref="Voxels"/>.</param>
/// <param name="Resolution">Voxels along each axis.</param>
/// <param name="Queries">M x 3 coordinates.</param>
/// <param name="Distances">M distances to the surface, at least 0.</param>
/// <param name="Surface">N x 3 coordinates of other points uniform on the surface: what reconstructions are compared with.</param>
/// <param name="Category">Number of its class.</param>
public sealed record DistancesSample(float[] Input, int Resolution, float[] Queries, float[] Distances, float[] Surface, int Category) : ISample
{
    /// <summary>Resolution^3 bytes in the order z, y, x: 1 where an input point lies. Made anew each time, since the published 256^3 are 17 MB.</summary>
    public byte[] Voxels => VoxelGrid.Points(Input, Resolution);

    public void AddTo(SampleDigest digest)
    {
        digest.Add<float>(Input);
        digest.Add(Resolution);
        digest.Add<float>(Queries);
        digest.Add<float>(Distances);
        digest.Add<float>(Surface);
        digest.Add(Category);
    }
}
