namespace Bitcurve.Models.Data.Solids;

/// <summary>A shape as points.</summary>
/// <param name="Surface">N x 3 coordinates of points uniform on the surface, without noise.</param>
/// <param name="SurfaceLabels">N part labels.</param>
/// <param name="Queries">M x 3 coordinates.</param>
/// <param name="Occupancies">M: 1 inside, 0 outside.</param>
/// <param name="QueryLabels">M part labels; <see cref="OccupancySamples.Outside"/> outside.</param>
/// <param name="Category">Number of its class.</param>
public sealed record PartsSample(
    float[] Surface, byte[] SurfaceLabels, float[] Queries, byte[] Occupancies, byte[] QueryLabels, int Category) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<float>(Surface);
        digest.Add<byte>(SurfaceLabels);
        digest.Add<float>(Queries);
        digest.Add<byte>(Occupancies);
        digest.Add<byte>(QueryLabels);
        digest.Add(Category);
    }
}
