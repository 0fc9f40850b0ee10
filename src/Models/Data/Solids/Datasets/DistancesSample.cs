namespace Bitcurve.Models.Data.Solids;

/// <summary>A surface and the distances around it.</summary>
/// <param name="Voxels">Resolution^3 bytes in the order z, y, x: 1 where an input point lies.</param>
/// <param name="Queries">M x 3 coordinates.</param>
/// <param name="Distances">M distances to the surface, at least 0.</param>
/// <param name="Surface">N x 3 coordinates of other points uniform on the surface: what reconstructions are compared with.</param>
/// <param name="Category">Number of its class.</param>
public sealed record DistancesSample(byte[] Voxels, float[] Queries, float[] Distances, float[] Surface, int Category) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<byte>(Voxels);
        digest.Add<float>(Queries);
        digest.Add<float>(Distances);
        digest.Add<float>(Surface);
        digest.Add(Category);
    }
}
