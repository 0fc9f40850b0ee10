using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Surfaces;

public class MeshDistanceTests
{
    [Fact]
    public void Closest_RandomTriangles_EqualsDenseSearch()
    {
        var random = new KeyedRandom(5);
        for (int trial = 0; trial < 100; trial++)
        {
            (Vector3 a, Vector3 b, Vector3 c, Vector3 place) = (Draw(random), Draw(random), Draw(random), 2 * Draw(random));
            float least = float.PositiveInfinity;
            for (int k = 0; k <= 60; k++)
            {
                for (int j = 0; j <= 60 - k; j++)
                {
                    least = Math.Min(least, Vector3.Distance(place, a + (k / 60f * (b - a)) + (j / 60f * (c - a))));
                }
            }

            float distance = Vector3.Distance(place, MeshDistance.Closest(place, a, b, c));
            Assert.InRange(distance, least - 0.05, least + 1e-5);
        }
    }

    [Fact]
    public void Nearest_Sphere_IsTheDistanceToIt()
    {
        TriangleMesh mesh = SampledField.Mesh(24, SampledField.Sphere);
        var distance = new MeshDistance(mesh, 5000, new KeyedRandom(1));
        var random = new KeyedRandom(2);
        for (int k = 0; k < 200; k++)
        {
            Vector3 place = Draw(random);
            // A triangle within a cell of side h = 1/23 lies up to (h sqrt(3) / 2)^2 / 2 r = 0.0024 within the sphere.
            Assert.Equal(Math.Abs(place.Length() - 0.3), distance.Nearest(place).Distance, 3e-3);
        }
    }

    private static Vector3 Draw(KeyedRandom random) =>
        new((float)random.NextUniform(-0.5, 0.5), (float)random.NextUniform(-0.5, 0.5), (float)random.NextUniform(-0.5, 0.5));
}
