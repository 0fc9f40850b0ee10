using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>The best surfaces that do not look at the picture: what a trained network must beat.</summary>
internal sealed class MeanShape
{
    private const long Stream = 135;

    // Enough to tell which candidate is better.
    private const int ComparedViews = 50;
    private const int SphereLevel = 3;

    private readonly Vector3[] best;
    private readonly float tau;

    /// <param name="training">Shapes to be near to.</param>
    /// <param name="options">Points and threshold.</param>
    internal MeanShape(IReadOnlyList<MeshView> training, MeshRefinementOptions options)
    {
        tau = options.Tau;
        var random = new KeyedRandom(0, Stream);
        Vector3[] pooled = [.. Enumerable.Range(0, options.EvaluationPoints).Select(_ => Draw(training[random.NextInt(training.Count)], random))];
        Vector3[][] candidates = [pooled, Ellipsoid(training, options.EvaluationPoints, random)];
        best = candidates.MaxBy(candidate => Score(candidate, [.. training.Take(ComparedViews)]))!;
    }

    /// <summary>Its F1 on some views.</summary>
    internal double Best(IReadOnlyList<MeshView> views) => Score(best, views);

    private static Vector3 Draw(MeshView view, KeyedRandom random) => view.Points[random.NextInt(view.Points.Length)];

    // As wide along each axis as the shapes are on average.
    private static Vector3[] Ellipsoid(IReadOnlyList<MeshView> training, int count, KeyedRandom random)
    {
        List<BoundingBox> bounds = [.. training.Select(view => BoundingBox.Of(view.Points))];
        var centre = bounds.Aggregate(Vector3.Zero, (sum, next) => sum + next.Centre) / bounds.Count;
        var radius = bounds.Aggregate(Vector3.Zero, (sum, next) => sum + next.Size) / (2 * bounds.Count);
        var sphere = IcoSphere.Of(SphereLevel);
        var mesh = new TriangleMesh(Array.ConvertAll(sphere.Vertices, vertex => centre + (vertex * radius)), sphere.Triangles);
        return MeshSampling.Points(mesh, count, random).Points;
    }

    private double Score(Vector3[] candidate, IReadOnlyList<MeshView> views) => views.Average(view => SurfaceMetrics.Compare(candidate, view.Points).F1(tau));
}
