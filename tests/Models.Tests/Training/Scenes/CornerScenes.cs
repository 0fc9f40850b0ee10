using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;

namespace Bitcurve.Models.Tests.Training.Scenes;

/// <summary>
/// A floor and a shelf above a part of it, both level, at random heights: points look alike near either, and only what is below tells which it is.
/// Distances are exact.
/// </summary>
internal sealed class CornerScenes(int count, int points = 128, int queries = 256) : SceneSet
{
    private const int SurfaceCount = 1024;

    public override IReadOnlyList<string> ClassNames { get; } = ["floor", "shelf"];

    public override string ContentHash => $"corner {count} {points} {queries}";

    public override int Count(Split split) => split == Split.Train ? count : Math.Min(count, 4);

    public override Scene Get(Split split, int index)
    {
        var random = new KeyedRandom(7, (long)split, index);
        var floor = (float)random.NextUniform(-0.3, 0.1);
        var shelf = floor + (float)random.NextUniform(0.15, 0.25);
        var (input, _) = Surface(points, floor, shelf, random);
        var (surface, labels) = Surface(SurfaceCount, floor, shelf, random);
        var (near, _) = Surface(queries, floor, shelf, random);
        var places = Array.ConvertAll(near, point => point + new Vector3(0, 0, (float)(0.05 * random.NextNormal())));
        var truth = Array.ConvertAll(places, place => Nearest(place, floor, shelf));
        return new(input, places, Array.ConvertAll(truth, t => t.Distance), Array.ConvertAll(truth, t => t.Label), surface, labels);
    }

    private static (Vector3[] Points, int[] Labels) Surface(int count, float floor, float shelf, KeyedRandom random)
    {
        // Areas 0.64 and 0.32.
        var labels = Enumerable.Range(0, count).Select(_ => random.NextBool(1.0 / 3) ? 1 : 0).ToArray();
        return (Array.ConvertAll(labels, label => new Vector3(Along(random, label == 0 ? -0.4 : 0), Along(random, -0.4), label == 0 ? floor : shelf)), labels);
    }

    private static float Along(KeyedRandom random, double from) => (float)random.NextUniform(from, 0.4);

    private static (float Distance, int Label) Nearest(Vector3 place, float floor, float shelf)
    {
        var toFloor = Vector3.Distance(place, new(Math.Clamp(place.X, -0.4f, 0.4f), Math.Clamp(place.Y, -0.4f, 0.4f), floor));
        var toShelf = Vector3.Distance(place, new(Math.Clamp(place.X, 0, 0.4f), Math.Clamp(place.Y, -0.4f, 0.4f), shelf));
        return toShelf < toFloor ? (toShelf, 1) : (toFloor, 0);
    }
}
