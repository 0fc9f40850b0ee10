using System.Numerics;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Training.DistanceFields;

namespace Bitcurve.Models.Tests.Training.DistanceFields;

/// <summary>Spheres of several sizes and places on grids of 8 x 8 x 8 cells.</summary>
internal static class SmallSpheres
{
    private const int Resolution = 8;

    public static readonly DistanceFieldOptions Options = DistanceFieldOptions.Small with { QueriesPerStep = 32, FirstPoints = 128, CloudPoints = 64 };

    /// <summary>Two scales besides the grid itself.</summary>
    public static Blueprint Encoder => new(
        "encoder",
        Block.Chain(
            new FeatureTap(),
            Block.Conv3d(4, kernel: 3, padding: 1, hasBias: true).As("conv_in"),
            new Relu(),
            new BatchNorm().As("norm"),
            new FeatureTap(),
            new MaxPool(2, 2),
            Block.Conv3d(8, kernel: 3, padding: 1, hasBias: true).As("conv_0"),
            new Relu(),
            new FeatureTap()),
        [1, Resolution, Resolution, Resolution]);

    public static DistanceField Problem(int train = 32) => new(
        () => new(Draw(Split.Train, train), Draw(Split.Validation, 6), Draw(Split.Test, 6), train / 2), Encoder, hidden: 32, Options);

    private static FieldShapes Draw(Split split, int count)
    {
        var (grids, queries, distances, surfaces) = (new List<byte[]>(), new List<float[]>(), new List<float[]>(), new List<float[]>());
        for (var index = 0; index < count; index++)
        {
            var random = new KeyedRandom(4, (long)split, index);
            var (centre, radius) = (Uniform(random, 0.2), (float)random.NextUniform(0.1, 0.25));
            var surface = Enumerable.Range(0, 100).Select(_ => centre + (radius * Vector3.Normalize(Uniform(random, 1)))).ToList();
            var grid = new byte[Resolution * Resolution * Resolution];
            foreach (var point in surface)
            {
                grid[(((Cell(point.Z) * Resolution) + Cell(point.Y)) * Resolution) + Cell(point.X)] = 1;
            }

            // Near the surface, and some anywhere, since a field must not be small far away. Few: were most distances beyond the clamp, an
            // answer beyond it everywhere would be best at first, and passes no gradient.
            List<Vector3> near = [.. surface.Select(point => point + Uniform(random, 0.1)), .. surface.Take(25).Select(_ => Uniform(random, 0.5))];
            grids.Add(grid);
            surfaces.Add(Coordinates(surface));
            queries.Add(Coordinates(near));
            distances.Add([.. near.Select(point => MathF.Abs((point - centre).Length() - radius))]);
        }

        return new(new MemorySamples($"spheres {split}", grids, [1, Resolution, Resolution, Resolution]), queries, distances, surfaces);
    }

    private static int Cell(float coordinate) => Math.Clamp((int)((coordinate + 0.5f) * Resolution), 0, Resolution - 1);

    private static float[] Coordinates(IEnumerable<Vector3> points) => [.. points.SelectMany(point => new[] { point.X, point.Y, point.Z })];

    private static Vector3 Uniform(KeyedRandom random, double reach) =>
        new((float)random.NextUniform(-reach, reach), (float)random.NextUniform(-reach, reach), (float)random.NextUniform(-reach, reach));
}
