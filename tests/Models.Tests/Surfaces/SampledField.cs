using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Surfaces;

/// <summary>Functions sampled on a grid over the unit cube, z slowest.</summary>
internal static class SampledField
{
    internal static float[] Of(int resolution, Func<Vector3, float> function) =>
    [
        .. from z in Enumerable.Range(0, resolution)
           from y in Enumerable.Range(0, resolution)
           from x in Enumerable.Range(0, resolution)
           select function((new Vector3(x, y, z) / (resolution - 1)) - new Vector3(0.5f)),
    ];

    internal static float Sphere(Vector3 p) => p.Length() - 0.3f;

    internal static float Torus(Vector3 p)
    {
        float ring = new Vector2(p.X, p.Y).Length() - 0.28f;
        return new Vector2(ring, p.Z).Length() - 0.11f;
    }

    internal static TriangleMesh Mesh(int resolution, Func<Vector3, float> function) =>
        MarchingCubes.Extract(Of(resolution, function), resolution, 0, BoundingBox.UnitCube, Inside.Below);
}
