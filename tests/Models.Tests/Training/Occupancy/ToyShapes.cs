using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Training.Occupancy;

namespace Bitcurve.Models.Tests.Training.Occupancy;

/// <summary>Balls (category 0) and slabs (category 1) of random size and place, whose lower and upper halves are parts: labels 0, 1 and 2, 3.</summary>
internal static class ToyShapes
{
    private const int Surface = 64;
    private const int Queries = 128;

    public static readonly OccupancyOptions Options =
        new() { Points = 32, Queries = 64, EvaluationQueries = 128, MeshResolution = 12, MeshedShapes = 2, MeshPoints = 64 };

    public static readonly OccupancyArchitecture Architecture = new() { EncoderWidth = 16, EncodingWidth = 12, DecoderWidth = 16, Categories = 2, Parts = 4 };

    public static OccupancyData Data(int trainCount = 64, int testCount = 20) => new()
    {
        Train = Shapes(Split.Train, trainCount),
        Validation = Shapes(Split.Validation, testCount),
        Test = Shapes(Split.Test, testCount),
        Categories = ["ball", "slab"],
        PartsOfCategory = [[0, 1], [2, 3]],
        ContentHash = "toy",
    };

    public static OccupancyProblem Problem(OccupancyTasks tasks, bool isJoint = false) =>
        new(new Lazy<OccupancyData>(() => Data()), Architecture with { Tasks = tasks, HasJointDecoder = isJoint }, Options);

    private static OccupancyShape[] Shapes(Split split, int count) => [.. Enumerable.Range(0, count).Select(k => Shape(new KeyedRandom(5, (long)split, k), k % 2))];

    private static OccupancyShape Shape(KeyedRandom random, int category)
    {
        var radius = random.NextUniform(0.15, 0.3);
        float[] centre = [.. Enumerable.Range(0, 3).Select(_ => (float)random.NextUniform(-0.2, 0.2))];
        var surface = Points(Surface, random);
        for (var k = 0; k < Surface; k++)
        {
            var length = Norm(surface.AsSpan(3 * k, 3), category);
            for (var axis = 0; axis < 3; axis++)
            {
                surface[(3 * k) + axis] = centre[axis] + (surface[(3 * k) + axis] * (float)(radius / length));
            }
        }

        var queries = Points(Queries, random);
        byte[] occupancies = [.. Enumerable.Range(0, Queries).Select(k => (byte)(Norm(Relative(queries, k, centre), category) < radius ? 1 : 0))];
        byte[] parts = [.. Enumerable.Range(0, Queries).Select(k => occupancies[k] == 0 ? OccupancyShape.Outside : Part(queries, k, centre, category))];
        return new(surface, [.. Enumerable.Range(0, Surface).Select(k => Part(surface, k, centre, category))], queries, occupancies, parts, category, []);
    }

    private static byte Part(float[] points, int k, float[] centre, int category) => (byte)((2 * category) + (points[(3 * k) + 1] > centre[1] ? 1 : 0));

    private static float[] Relative(float[] points, int k, float[] centre) => [.. Enumerable.Range(0, 3).Select(axis => points[(3 * k) + axis] - centre[axis])];

    private static float[] Points(int count, KeyedRandom random) => [.. Enumerable.Range(0, 3 * count).Select(_ => (float)random.NextUniform(-0.5, 0.5))];

    // Euclidean for balls, the largest coordinate for slabs, which are less high than wide.
    private static double Norm(ReadOnlySpan<float> point, int category) => category == 0
        ? Math.Sqrt((point[0] * point[0]) + (point[1] * point[1]) + (point[2] * point[2]))
        : Math.Max(Math.Abs(point[0]), Math.Max(2.5 * Math.Abs(point[1]), Math.Abs(point[2])));
}
