using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>Some scenes with some of their queries, as tensors of the dispose scope it was made in.</summary>
/// <param name="Points">The input.</param>
/// <param name="Queries">R places.</param>
/// <param name="Distances">R, true and unclamped.</param>
/// <param name="Labels">R, Int64.</param>
internal sealed record SceneBatch(PointBatch Points, PointQueries Queries, Tensor Distances, Tensor Labels)
{
    /// <summary>Draws the queries of each scene from its own, without repetition.</summary>
    /// <exception cref="ArgumentException">A scene has fewer queries.</exception>
    internal static SceneBatch Draw(IReadOnlyList<PreparedScene> scenes, int queriesPerScene, KeyedRandom random, Device device)
    {
        var chosen = scenes.Select(scene => Choose(scene.Scene.Queries.Length, queriesPerScene, random)).ToList();
        var rows = scenes.Zip(chosen, (scene, choice) => choice.Select(k => (Scene: scene.Scene, Query: k))).SelectMany(row => row).ToList();
        return new(
            PointBatch.Of([.. scenes.Select(scene => scene.Pyramid)], device),
            PointQueries.Of(
                [.. rows.Select(row => row.Scene.Queries[row.Query])],
                [.. scenes.Zip(chosen, (scene, choice) => scene.QueryNeighbours(choice))],
                scenes[0].Scene.Points.Length,
                device),
            tensor(rows.Select(row => row.Scene.Distances[row.Query]).ToArray(), device: device),
            tensor(rows.Select(row => (long)row.Scene.QueryLabels[row.Query]).ToArray(), device: device));
    }

    // The beginning of a Fisher-Yates shuffle.
    private static int[] Choose(int of, int count, KeyedRandom random)
    {
        if (count > of)
        {
            throw new ArgumentException($"scene: expected at least {count} queries, actual {of}");
        }

        var all = Enumerable.Range(0, of).ToArray();
        for (var k = 0; k < count; k++)
        {
            var other = k + random.NextInt(of - k);
            (all[k], all[other]) = (all[other], all[k]);
        }

        return all[..count];
    }
}
