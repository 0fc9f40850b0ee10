namespace Bitcurve.Models.Data.Solids;

/// <summary>A scene as points.</summary>
/// <param name="Points">N x 3 coordinates of noisy surface points: what the encoder is given, without labels.</param>
/// <param name="Queries">M x 3 coordinates near and far from the surface.</param>
/// <param name="Distances">M unsigned distances to the surface.</param>
/// <param name="QueryLabels">M labels of the nearest surface.</param>
/// <param name="Surface">K x 3 coordinates of exact surface points, for evaluation.</param>
/// <param name="SurfaceLabels">K labels.</param>
public sealed record RoomSample(
    float[] Points, float[] Queries, float[] Distances, byte[] QueryLabels, float[] Surface, byte[] SurfaceLabels) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<float>(Points);
        digest.Add<float>(Queries);
        digest.Add<float>(Distances);
        digest.Add<byte>(QueryLabels);
        digest.Add<float>(Surface);
        digest.Add<byte>(SurfaceLabels);
    }
}
