using System.Numerics;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>A scene with the geometry of its points, which does not change in training: computed once. Thread-safe.</summary>
internal sealed class PreparedScene
{
    private readonly PointSearch search;
    private readonly int neighbours;
    private readonly Lazy<Neighbourhood> queries;
    private readonly Lazy<Neighbourhood> surface;

    /// <param name="scene">Points.</param>
    /// <param name="network">Its scales and neighbours.</param>
    /// <param name="surfacePoints">How many of the surface's points will be classified.</param>
    internal PreparedScene(Scene scene, RangeUdfDescription network, int surfacePoints)
    {
        Scene = scene;
        neighbours = network.Neighbours;
        search = new PointSearch(scene.Points);
        Pyramid = PointPyramid.Build(scene.Points, network.Encoder.Sampling);
        var count = Math.Min(surfacePoints, scene.Surface.Length);
        (Surface, SurfaceLabels) = (scene.Surface[..count], scene.SurfaceLabels[..count]);
        queries = new(() => Neighbours(scene.Queries));
        surface = new(() => Neighbours(Surface));
    }

    internal Scene Scene { get; }

    internal PointPyramid Pyramid { get; }

    /// <summary>Points of the true surface that are classified.</summary>
    internal Vector3[] Surface { get; }

    internal int[] SurfaceLabels { get; }

    internal Neighbourhood SurfaceNeighbours => surface.Value;

    /// <summary>Input points around any places.</summary>
    internal Neighbourhood Neighbours(Vector3[] places) => Neighbourhood.Nearest(places, Scene.Points, search, neighbours);

    /// <summary>Input points around some of the scene's queries.</summary>
    internal Neighbourhood QueryNeighbours(int[] chosen)
    {
        var all = queries.Value;
        var indices = new int[chosen.Length * all.Size];
        var offsets = new float[indices.Length * 3];
        for (var row = 0; row < chosen.Length; row++)
        {
            all.Indices.AsSpan(chosen[row] * all.Size, all.Size).CopyTo(indices.AsSpan(row * all.Size));
            all.Offsets.AsSpan(chosen[row] * all.Size * 3, all.Size * 3).CopyTo(offsets.AsSpan(row * all.Size * 3));
        }

        return new(all.Size, indices, offsets);
    }
}
