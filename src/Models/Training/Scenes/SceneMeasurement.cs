using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>A surface as points. Labels has as many classes, or none where no classes were learned.</summary>
public sealed record SceneReconstruction(Vector3[] Points, int[] Labels);

/// <summary>How well a network segments and reconstructs scenes (thesis 6.4.1.2). The network is in evaluation mode.</summary>
internal sealed class SceneMeasurement(SceneProblem problem, RangeUdfNetwork network, Device device)
{
    private const long ProjectionStream = 3;

    // Places whose gradients are computed at once.
    private const int MostPlaces = 16_384;

    // The thesis gives Chamfer-L1 in hundredths and Chamfer-L2 in ten-thousandths of the cube's edge.
    private const double L1Unit = 1e-2;
    private const double L2Unit = 1e-4;

    private readonly SceneSettings settings = problem.Settings;

    private bool HasClasses => settings.Network.Classes > 0;

    /// <summary>Classes at points of the true surface: judged apart from the reconstruction.</summary>
    internal ClassIoU Semantics(Split split)
    {
        var counts = new ClassIoU(settings.Network.Classes);
        for (var index = 0; index < problem.Scenes.Count(split); index++)
        {
            using var scope = NewDisposeScope();
            using var recording = no_grad();
            var scene = problem.Prepared(split, index);
            var points = PointBatch.Of([scene.Pyramid], device);
            var answers = Classify(scene, network.Contextualise(network.Encode(points), points), scene.Surface, scene.SurfaceNeighbours);
            for (var k = 0; k < answers.Length; k++)
            {
                counts.Add(scene.SurfaceLabels[k], answers[k]);
            }
        }

        return counts;
    }

    /// <summary>The reconstructed surfaces against the true ones, averaged over scenes; F1 at delta first.</summary>
    internal IReadOnlyList<(string Name, double Value)> Surfaces(Split split) => Averaged(
        split,
        index => Reconstruct(split, index));

    /// <summary>The most frequent class of the training scenes everywhere.</summary>
    internal double TrivialSemantics(Split split)
    {
        var frequencies = new long[settings.Network.Classes];
        Visit(Split.Train, label => frequencies[label]++);
        var answer = Array.IndexOf(frequencies, frequencies.Max());
        var counts = new ClassIoU(settings.Network.Classes);
        Visit(split, label => counts.Add(label, answer));
        return counts.Mean;
    }

    /// <summary>The first training scene's surface, F1 at delta.</summary>
    internal double TrivialSurface(Split split)
    {
        var known = problem.Prepared(Split.Train, 0);
        return Averaged(split, _ => new(known.Surface, []))[0].Value;
    }

    internal SceneReconstruction Reconstruct(Split split, int index)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var scene = problem.Prepared(split, index);
        var points = PointBatch.Of([scene.Pyramid], device);
        var encodings = network.Encode(points);
        var random = new KeyedRandom(0, ProjectionStream, (long)split, index);
        var projection = new DenseProjection(places => Field(scene, encodings, places), settings.LargestDistance);
        var start = new Vector3[Math.Min(settings.SurfacePoints, MostPlaces)];
        for (var k = 0; k < start.Length; k++)
        {
            start[k] = new Vector3(Coordinate(random), Coordinate(random), Coordinate(random));
        }

        var surface = projection.Points(settings.SurfacePoints, start, random);

        // Gradients also reached the weights, which nobody asked for.
        network.zero_grad();
        return !HasClasses || surface.Length == 0
            ? new(surface, [])
            : new(surface, Classify(scene, network.Contextualise(encodings, points), surface, scene.Neighbours(surface)));
    }

    private IReadOnlyList<(string Name, double Value)> Averaged(Split split, Func<int, SceneReconstruction> reconstruct)
    {
        var count = Math.Min(settings.ReconstructedScenes, problem.Scenes.Count(split));
        var rows = Enumerable.Range(0, count).Select(index => Compare(reconstruct(index), problem.Prepared(split, index).Scene)).ToList();
        return [.. rows[0].Select((first, k) => (first.Name, rows.Average(row => row[k].Value)))];
    }

    private List<(string Name, double Value)> Compare(SceneReconstruction reconstruction, Scene truth)
    {
        // A field that is zero nowhere reconstructs nothing: as far off as the cube allows.
        var points = reconstruction.Points.Length > 0 ? reconstruction.Points : [new Vector3(1)];
        var labels = reconstruction.Points.Length > 0 ? reconstruction.Labels : [0];
        var metrics = SurfaceMetrics.Compare(points, truth.Surface);
        var figures = new List<(string, double)>
        {
            (SceneProblem.SurfaceF1.Name, metrics.F1(settings.Delta)),
            ("F1 at twice", metrics.F1(2 * settings.Delta)),
            ("Chamfer L1 x 100", metrics.ChamferL1 / L1Unit),
            ("Chamfer L2 x 10000", metrics.ChamferL2 / L2Unit),
        };
        if (HasClasses && labels.Length == points.Length)
        {
            var labelled = Enumerable.Range(0, truth.Surface.Length).Where(k => truth.SurfaceLabels[k] != Scene.Unlabelled).ToArray();
            var (surface, classes) = (Array.ConvertAll(labelled, k => truth.Surface[k]), Array.ConvertAll(labelled, k => truth.SurfaceLabels[k]));
            figures.Add(("mF1", SurfaceMetrics.MeanF1(points, labels, surface, classes, settings.Delta)));
            figures.Add(("mF1 at twice", SurfaceMetrics.MeanF1(points, labels, surface, classes, 2 * settings.Delta)));
        }

        return figures;
    }

    private (Tensor Places, Tensor Distances) Field(PreparedScene scene, Tensor encodings, Vector3[] places)
    {
        var queries = PointQueries.Of(places, [scene.Neighbours(places)], scene.Scene.Points.Length, device);
        queries.Positions.requires_grad = true;
        return (queries.Positions, network.Distances(encodings, queries));
    }

    private int[] Classify(PreparedScene scene, Tensor contextual, Vector3[] places, Neighbourhood neighbours)
    {
        var queries = PointQueries.Of(places, [neighbours], scene.Scene.Points.Length, device);
        return Array.ConvertAll(network.Logits(contextual, queries).argmax(1).data<long>().ToArray(), label => (int)label);
    }

    private void Visit(Split split, Action<int> add)
    {
        for (var index = 0; index < problem.Scenes.Count(split); index++)
        {
            foreach (var label in problem.Prepared(split, index).SurfaceLabels.Where(label => label != Scene.Unlabelled))
            {
                add(label);
            }
        }
    }

    // Scenes lie within the cube around the origin.
    private static float Coordinate(KeyedRandom random) => (float)random.NextUniform(-0.5, 0.5);
}
