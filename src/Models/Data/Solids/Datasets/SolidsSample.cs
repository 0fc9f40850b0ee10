namespace Bitcurve.Models.Data.Solids;

/// <summary>A voxel grid.</summary>
/// <param name="Voxels">Resolution^3 bytes 0 or 1 in the order z, y, x; y is the vertical.</param>
/// <param name="Category">Number of its class.</param>
public sealed record SolidsSample(byte[] Voxels, int Category) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<byte>(Voxels);
        digest.Add(Category);
    }
}
