namespace Bitcurve.Models.Data.Solids;

/// <summary>Points of a surface.</summary>
/// <param name="Positions">Count x 3.</param>
/// <param name="Normals">Count x 3, unit vectors that point outwards.</param>
/// <param name="Labels">Count: of the part that the point belongs to.</param>
public sealed record SurfaceSamples(float[] Positions, float[] Normals, byte[] Labels)
{
    public int Count => Labels.Length;
}
