using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Occupancy;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>Trains and measures an occupancy network.</summary>
internal sealed class OccupancySession : LearningSession
{
    // Name these uses of the seed, so that no other stream repeats them.
    private const long OrderStream = 501;
    private const long StepStream = 502;

    private const int CalibrationShapes = 1000;

    private readonly OccupancyNetwork network;
    private readonly OccupancyProblem problem;
    private readonly OccupancyBatches batches;
    private readonly OccupancyEvaluation evaluation;
    private readonly HashSet<string> trained;

    internal OccupancySession(OccupancyNetwork network, OccupancyProblem problem, Device device)
        : base(network)
    {
        (this.network, this.problem) = (network, problem);
        batches = new OccupancyBatches(problem.Options, network.Architecture.HasImages, device);
        evaluation = new OccupancyEvaluation(network, problem, batches);
        trained = [.. network.ChildrenOf(problem.Learned)];
        if (!problem.HasFrozenEncoder)
        {
            trained.Add("encoder");
        }
    }

    public override IEnumerable<(string name, Parameter parameter)> Parameters =>
        Network.named_parameters().Where(p => trained.Contains(p.name[..p.name.IndexOf('.', StringComparison.Ordinal)]));

    public override void Train()
    {
        network.train();
        foreach (var (name, child) in network.named_children())
        {
            child.train(trained.Contains(name));
        }
    }

    public override IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new KeyedRandom(seed, OrderStream, epoch).Shuffle(order);
        for (var step = 0; step < count / recipe.BatchSize; step++)
        {
            List<OccupancyShape> shapes = [.. order.Skip(step * recipe.BatchSize).Take(recipe.BatchSize).Select(k => problem.Data.Train[k])];
            var random = new KeyedRandom(seed, StepStream, epoch, step);
            yield return () => Loss(batches.Drawn(shapes, random));
        }
    }

    public override double Measure(Split split) => evaluation.Scores(split, MeasuredTask()).Single().Value;

    public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split)
    {
        var scores = evaluation.Scores(split, network.Architecture.Tasks);
        return network.Architecture.Has(OccupancyTasks.Reconstruction) ? [.. scores, ("Chamfer-L1", evaluation.Chamfer(split))] : scores;
    }

    public override IReadOnlyList<LearningPicture> Pictures() =>
        network.Architecture.Has(OccupancyTasks.Reconstruction) ? [OccupancyPictures.Of(evaluation, problem.Data)] : [];

    public override double Trivial(Split split) => MeasuredTask() switch
    {
        OccupancyTasks.Reconstruction => new MeanShape(problem.Data.Train).MeanIou(problem.Data[split]),
        OccupancyTasks.Classification => TrivialAnswers.Accuracy(problem.Data, split),
        _ => TrivialAnswers.PartIou(problem.Data, split),
    };

    public override IEnumerable<Action> CalibrationPasses() =>
        evaluation.FixedBatches(Split.Train, CalibrationShapes).Select<Func<OccupancyBatch>, Action>(batch => () => Forward(batch()));

    internal Tensor Loss(OccupancyBatch batch)
    {
        var encoding = Encoded(batch.Input);
        var (occupancy, parts) = network.Decode(batch.Queries, encoding, problem.Learned);
        var losses = new List<Tensor>();
        if (occupancy is not null)
        {
            losses.Add(nn.functional.binary_cross_entropy_with_logits(occupancy, batch.Occupancies));
        }

        if (parts is not null)
        {
            losses.Add(PartLoss(parts, batch));
        }

        if (problem.Learned.HasFlag(OccupancyTasks.Classification))
        {
            losses.Add(nn.functional.cross_entropy(network.Classify(encoding), batch.Categories));
        }

        return losses.Aggregate((sum, loss) => sum + loss);
    }

    // Points outside the shape have no part: the loss is over those inside (thesis 5.3.2).
    private static Tensor PartLoss(Tensor parts, OccupancyBatch batch)
    {
        if (batch.PartRows.numel() == 0)
        {
            return parts.sum() * 0f;
        }

        var inside = parts.reshape(-1, parts.shape[2]).index_select(0, batch.PartRows);
        return nn.functional.cross_entropy(inside, batch.PartLabels);
    }

    private Tensor Encoded(Tensor input)
    {
        if (!problem.HasFrozenEncoder)
        {
            return network.Encode(input);
        }

        using var recording = no_grad();
        return network.Encode(input);
    }

    private void Forward(OccupancyBatch batch) => network.Decode(batch.Queries, network.Encode(batch.Input), network.Architecture.Tasks);

    private OccupancyTasks MeasuredTask() =>
        new[] { OccupancyTasks.Reconstruction, OccupancyTasks.Classification, OccupancyTasks.Segmentation }.First(task => network.Architecture.Has(task));
}
