namespace Bitcurve.Models.Data.Solids;

/// <summary>A view of a shape and the shape.</summary>
/// <param name="Image">3 x S x S bytes.</param>
/// <param name="Depth">S x S distances along the line of sight; 0 where the background is seen.</param>
/// <param name="Voxels">Resolution^3 bytes 0 or 1 in the order z, y, x: of the shape as it stands, not as it is seen.</param>
/// <param name="Surface">N x 3 coordinates of points uniform on the surface; <see cref="Camera.ToView"/> takes them into the camera's frame.</param>
/// <param name="Normals">N x 3 unit normals there.</param>
/// <param name="Camera">The view.</param>
/// <param name="Category">Number of its class.</param>
public sealed record ViewsSample(
    byte[] Image, float[] Depth, byte[] Voxels, float[] Surface, float[] Normals, Camera Camera, int Category) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<byte>(Image);
        digest.Add<float>(Depth);
        digest.Add<byte>(Voxels);
        digest.Add<float>(Surface);
        digest.Add<float>(Normals);
        digest.Add<float>([Camera.Azimuth, Camera.Elevation, Camera.Range, Camera.HalfWidth]);
        digest.Add(Category);
    }
}
