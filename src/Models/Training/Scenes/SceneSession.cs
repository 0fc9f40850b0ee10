using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.RangeUdf;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>A RangeUDF network at work on scenes.</summary>
public sealed class SceneSession : LearningSession
{
    // Streams of random numbers: scenes' order, queries.
    private const long OrderStream = 1;
    private const long QueryStream = 2;
    private const int CalibrationBatch = 4;
    private const int CalibrationScenes = 1000;
    private const int PicturedScenes = 3;

    private readonly SceneProblem problem;
    private readonly SceneSettings settings;
    private readonly RangeUdfNetwork network;
    private readonly Device device;
    private readonly SceneMeasurement measurement;

    internal SceneSession(SceneProblem problem, RangeUdfNetwork network, Device device)
        : base(network)
    {
        (this.problem, this.network, this.device) = (problem, network, device);
        settings = problem.Settings;
        measurement = new(problem, network, device);
    }

    public override IEnumerable<(string name, Parameter parameter)> Parameters
    {
        get
        {
            var frozen = Frozen.SelectMany(module => module.parameters()).ToHashSet();
            return network.named_parameters().Where(entry => !frozen.Contains(entry.parameter));
        }
    }

    private IReadOnlyList<nn.Module> Frozen => settings.Task switch
    {
        SceneTask.FrozenSemantics => network.Geometry,
        SceneTask.UnfrozenSemantics => network.DistanceField,
        _ => [],
    };

    public override void Train()
    {
        network.train();
        foreach (var module in Frozen)
        {
            module.eval();
        }
    }

    public override IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new KeyedRandom(seed, OrderStream, epoch).Shuffle(order);
        for (var step = 0; step < count / recipe.BatchSize; step++)
        {
            var scenes = order.AsSpan(step * recipe.BatchSize, recipe.BatchSize).ToArray();
            var random = new KeyedRandom(seed, QueryStream, epoch, step);
            yield return () => Loss(Batch(scenes, random));
        }
    }

    public override double Measure(Split split) => settings.Task == SceneTask.Geometry
        ? measurement.Surfaces(split)[0].Value
        : measurement.Semantics(split).Mean;

    public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split)
    {
        var surfaces = measurement.Surfaces(split);
        if (settings.Task == SceneTask.Geometry)
        {
            return surfaces;
        }

        var semantics = measurement.Semantics(split);
        return [(problem.Metric.Name, semantics.Mean), ("accuracy", semantics.Accuracy), .. surfaces];
    }

    public override double Trivial(Split split) => settings.Task == SceneTask.Geometry ? measurement.TrivialSurface(split) : measurement.TrivialSemantics(split);

    public override IReadOnlyList<LearningPicture> Pictures()
    {
        var shown = Enumerable.Range(0, Math.Min(PicturedScenes, problem.Scenes.Count(Split.Test)));
        return [ScenePictures.Of(shown.Select(index => (problem.Prepared(Split.Test, index), Reconstruct(Split.Test, index))))];
    }

    /// <summary>The surface that the network sees in a scene: points, and their classes where it knows any.</summary>
    public SceneReconstruction Reconstruct(Split split, int index) => measurement.Reconstruct(split, index);

    public override IEnumerable<Action> CalibrationPasses()
    {
        var scenes = Enumerable.Range(0, Math.Min(CalibrationScenes, problem.TrainCount)).Chunk(CalibrationBatch);
        return scenes.Select((batch, step) => (Action)(() => Loss(Batch(batch, new KeyedRandom(0, QueryStream, 0, step)))));
    }

    /// <summary>What training makes smaller, one element.</summary>
    internal Tensor Loss(SceneBatch batch)
    {
        switch (settings.Task)
        {
            case SceneTask.Geometry:
                return DistanceLoss(network.Encode(batch.Points), batch);
            case SceneTask.Joint:
                var encodings = network.Encode(batch.Points);
                return Weighed(DistanceLoss(encodings, batch), 0) + Weighed(LabelLoss(encodings, batch), 1);
            case SceneTask.FrozenSemantics:
                return LabelLoss(FrozenEncodings(batch), batch);
            default:
                return LabelLoss(network.Encode(batch.Points), batch);
        }
    }

    private SceneBatch Batch(int[] scenes, KeyedRandom random) =>
        SceneBatch.Draw([.. scenes.Select(index => problem.Prepared(Split.Train, index))], settings.QueriesPerScene, random, device);

    private Tensor FrozenEncodings(SceneBatch batch)
    {
        using var recording = no_grad();
        return network.Encode(batch.Points);
    }

    private Tensor DistanceLoss(Tensor encodings, SceneBatch batch)
    {
        var largest = settings.LargestDistance;
        return nn.functional.l1_loss(network.Distances(encodings, batch.Queries).clamp(max: largest), batch.Distances.clamp(max: largest));
    }

    private Tensor LabelLoss(Tensor encodings, SceneBatch batch) =>
        nn.functional.cross_entropy(network.Logits(network.Contextualise(encodings, batch.Points), batch.Queries), batch.Labels);

    // Kendall et al. 2018, eq. 7, with s = log sigma^2 as trained number and the published code's weights: exp(-s) L + s.
    private Tensor Weighed(Tensor loss, int task)
    {
        var logVariance = network.TaskLogVariances!.narrow(0, task, 1);
        return ((-logVariance).exp() * loss + logVariance).sum();
    }
}
