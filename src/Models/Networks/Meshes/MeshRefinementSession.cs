using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Dynamic;
using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>A refinement network at work on pictures.</summary>
internal sealed class MeshRefinementSession(MeshRefineNetwork network, MeshRefinementOptions options, MeshViews views, Device device) : LearningSession(network)
{
    private const int EvaluationBatch = 50;
    private const int CalibrationViews = 1000;
    private const int ShownViews = 6;

    // Part of a training after which decisions are free of noise.
    private const double NoisyPart = 0.5;

    // Name these uses of a seed, so that no other stream repeats them.
    private const long OrderStream = 131;
    private const long PredictedStream = 132;
    private const long TruthStream = 133;
    private const long EvaluationStream = 134;

    // A quantised network has been trained before: its blocks need neither bounds nor noise any more.
    private bool IsFineTuned => network.Convolutions.Any(c => c.Layer.QuantizedWeight is not null);

    public override IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new KeyedRandom(seed, OrderStream, epoch).Shuffle(order);
        for (var step = 0; step < count / recipe.BatchSize; step++)
        {
            var (chosen, number) = (order[(step * recipe.BatchSize)..((step + 1) * recipe.BatchSize)], step);
            yield return () => Loss(
                [.. chosen.Select(index => views[Split.Train][index])],
                (stream, sample) => new KeyedRandom(seed, stream, epoch, number, sample),
                Math.Min(1, epoch / (double)recipe.Epochs));
        }
    }

    public override double Measure(Split split) => Compared(split).Metrics.Average(metrics => metrics.F1(options.Tau));

    public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split)
    {
        var (metrics, densities) = Compared(split);
        return
        [
            (MeshRefinement.F1.Name, metrics.Average(m => m.F1(options.Tau))),
            ("F1 at 2 tau", metrics.Average(m => m.F1(2 * options.Tau))),
            ("Chamfer distance x 1000", metrics.Average(m => m.ChamferSum) * 1000),
            .. densities.Select((density, b) => ($"density of block {b + 1}", density)),
        ];
    }

    // Points drawn from all training shapes together, or the mean of the boxes' ellipsoids: whichever fits the training shapes better.
    public override double Trivial(Split split) => new MeanShape(views[Split.Train], options).Best(views[split]);

    public override IReadOnlyList<LearningPicture> Pictures()
    {
        using var scope = NewDisposeScope();
        MeshView[] shown = [.. views[Split.Test].Take(ShownViews)];
        var meshes = SampledSurface.Meshes(Refine(shown).Stages[^1], network.Topology.Triangles);
        return [MeshRefinementPictures.Of(shown.Zip(meshes), network.Options.ImageSize)];
    }

    public override IEnumerable<Action> CalibrationPasses() =>
        views[Split.Train].Take(CalibrationViews).Chunk(EvaluationBatch).Select(chunk => (Action)(() => Refine(chunk)));

    private MeshPrediction Refine(IReadOnlyList<MeshView> chosen) => network.Refine(Images(chosen), Boxes(chosen), views.Camera);

    private Tensor Loss(IReadOnlyList<MeshView> chosen, Func<long, int, KeyedRandom> random, double progress)
    {
        using var scope = NewDisposeScope();
        progress = IsFineTuned ? 1 : progress;
        network.HasNoise = progress < NoisyPart;
        var prediction = Refine(chosen);

        // Surfaces cannot be drawn from what is not finite; the run reports the loss that is not.
        var whole = prediction.Stages[^1].sum();
        if (!float.IsFinite(whole.item<float>()))
        {
            return whole.MoveToOuterDisposeScope();
        }

        var truth = Truth(chosen, sample => random(TruthStream, sample));
        var loss = prediction.Stages.Select((vertices, stage) => StageLoss(vertices, truth, sample => random(PredictedStream + (1000 * stage), sample)))
            .Aggregate((sum, next) => sum + next) / prediction.Stages.Count;
        return network.Options is { IsDynamic: true, Blocks: > 0 }
            ? (loss + (SparsityLoss.Of(prediction.Densities, options.Budget, progress) * options.SparsityWeight)).MoveToOuterDisposeScope()
            : loss.MoveToOuterDisposeScope();
    }

    private Tensor StageLoss(Tensor vertices, SampledSurface truth, Func<int, KeyedRandom> random)
    {
        var (chamfer, normal) = MeshLosses.Points(SampledSurface.Draw(vertices, network.Topology.Triangles, options.TrainPoints, random), truth);
        return chamfer + (normal * options.NormalWeight) + (MeshLosses.Edges(vertices, network.Topology.Arcs(device)) * options.EdgeWeight);
    }

    private SampledSurface Truth(IReadOnlyList<MeshView> chosen, Func<int, KeyedRandom> random)
    {
        var (points, normals) = (new List<Vector3[]>(), new List<Vector3[]>());
        for (var b = 0; b < chosen.Count; b++)
        {
            var (stream, view) = (random(b), chosen[b]);
            int[] drawn = [.. Enumerable.Range(0, options.TrainPoints).Select(_ => stream.NextInt(view.Points.Length))];
            points.Add(Array.ConvertAll(drawn, k => view.Points[k]));
            normals.Add(Array.ConvertAll(drawn, k => view.Normals[k]));
        }

        return new(Rows(points), Rows(normals), points);
    }

    private Tensor Rows(List<Vector3[]> points) => tensor(
        [.. points.SelectMany(each => each.SelectMany(p => new[] { p.X, p.Y, p.Z }))], [points.Count, options.TrainPoints, 3], device: device);

    private (IReadOnlyList<SurfaceMetrics> Metrics, double[] Densities) Compared(Split split)
    {
        var metrics = new List<SurfaceMetrics>();
        var densities = new double[network.Options.Blocks];
        foreach (var chunk in views[split].Chunk(EvaluationBatch))
        {
            using var scope = NewDisposeScope();
            var prediction = Refine(chunk);
            for (var b = 0; b < densities.Length; b++)
            {
                densities[b] += prediction.Densities[b].item<float>() * chunk.Length / views[split].Count;
            }

            foreach (var (mesh, view) in SampledSurface.Meshes(prediction.Stages[^1], network.Topology.Triangles).Zip(chunk))
            {
                var sample = MeshSampling.Points(mesh, options.EvaluationPoints, new KeyedRandom(0, EvaluationStream, (long)split, metrics.Count));
                metrics.Add(SurfaceMetrics.Compare(sample.Points, view.Points));
            }
        }

        return (metrics, densities);
    }

    // B x 3 x S x S about 0, channels innermost in memory.
    private Tensor Images(IReadOnlyList<MeshView> chosen)
    {
        using var scope = NewDisposeScope();
        var size = network.Options.ImageSize;
        if (chosen.FirstOrDefault(view => view.Image.Length != 3 * size * size) is { } other)
        {
            throw new ArgumentException($"mesh-refine: expected images of 3 x {size} x {size} bytes, actual {other.Image.Length} bytes");
        }

        var bytes = tensor([.. chosen.SelectMany(view => view.Image)], [chosen.Count, 3, size, size], device: device);
        var values = bytes.permute(0, 2, 3, 1).contiguous().to_type(ScalarType.Float32).mul_(4 / 255.0).add_(-2); // B x S x S x 3
        return values.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private static ImageBox[] Boxes(IEnumerable<MeshView> chosen) => [.. chosen.Select(view => view.Box)];
}
