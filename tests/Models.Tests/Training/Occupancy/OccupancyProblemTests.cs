using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Tests.Networks.Occupancy;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Occupancy;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Occupancy;

[Collection(nameof(GlobalGenerator))]
public class OccupancyProblemTests
{
    private const OccupancyTasks All = OccupancyTasks.Reconstruction | OccupancyTasks.Classification | OccupancyTasks.Segmentation;

    private static readonly TrainingRecipe Recipe =
        new(24, 8, new LearningRateSchedule.Constant(5e-3), Nesterov: false, WeightDecay: 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_OfEachChild_AreFiniteDifferences(bool isJoint)
    {
        using var scope = NewDisposeScope();
        var problem = ToyShapes.Problem(All, isJoint);
        manual_seed(1);
        using var network = (OccupancyNetwork)problem.CreateNetwork();
        using var session = problem.Open(network, CPU);
        OccupancyNetworkTests.Disturb(network);
        session.Train();
        First(session).backward();

        foreach (var (name, child) in network.named_children())
        {
            // Along the gradient itself the loss changes by the gradient's length.
            var parameters = child.parameters().Select(p => (Value: p, Gradient: p.grad!.clone())).ToList();
            var length = Math.Sqrt(parameters.Sum(p => (double)p.Gradient.square().sum().item<float>()));
            const double step = 2e-4;
            var (above, below) = (LossAfter(step / length), LossAfter(-step / length));

            // The kinks of ReLU and maxima, a few of which lie within the step, bend the loss a little; rounding is 1e-7 / 2e-4.
            Assert.True(length > 1e-3, name);
            Assert.InRange((above - below) / (2 * step) / length, 0.97, 1.03);

            double LossAfter(double distance)
            {
                using var recording = no_grad();
                parameters.ForEach(p => p.Value.add_(p.Gradient, distance));
                var loss = First(session).item<float>();
                parameters.ForEach(p => p.Value.add_(p.Gradient, -distance));
                return loss;
            }
        }
    }

    [Fact]
    public void Steps_SameSeedAndEpoch_GiveTheSameLosses()
    {
        using var scope = NewDisposeScope();
        var problem = ToyShapes.Problem(All);
        manual_seed(1);
        using var network = (OccupancyNetwork)problem.CreateNetwork();
        using var session = problem.Open(network, CPU);
        float[] Losses(long seed, int epoch) => [.. session.Steps(64, Recipe, seed, epoch).Select(step => step().item<float>())];

        Assert.Equal(8, Losses(1, 0).Length);
        Assert.Equal(Losses(1, 0), Losses(1, 0));
        Assert.NotEqual(Losses(1, 0), Losses(1, 1));
        Assert.NotEqual(Losses(1, 0), Losses(2, 0));
    }

    [Fact]
    public void Training_FrozenParts_KeepTheirTensorsWhileTheHeadLearns()
    {
        using var scope = NewDisposeScope();
        var problem = new OccupancyProblem(new Lazy<OccupancyData>(() => ToyShapes.Data()), ToyShapes.Architecture with { Tasks = All }, ToyShapes.Options)
        {
            Learned = OccupancyTasks.Classification,
            HasFrozenEncoder = true,
        };
        using var run = TrainingRun.FromScratch(problem, Recipe, 1, CPU);
        var before = run.Network.state_dict().ToDictionary(e => e.Key, e => e.Value.clone());

        run.TrainEpoch(null, CancellationToken.None);

        var moved = run.Network.state_dict().Where(e => (e.Value.to_type(ScalarType.Float32) - before[e.Key].to_type(ScalarType.Float32)).abs().max().item<float>() > 0).Select(e => e.Key);
        Assert.Equal(["classifier.first.bias", "classifier.first.weight", "classifier.second.bias", "classifier.second.weight"], moved.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Training_ALearnedDecoder_MovesItsStatisticsToo()
    {
        using var scope = NewDisposeScope();
        using var run = TrainingRun.FromScratch(ToyShapes.Problem(OccupancyTasks.Reconstruction), Recipe, 1, CPU);
        run.TrainEpoch(null, CancellationToken.None);

        Assert.True(run.Network.state_dict()["decoder.lastNorm.norm.running_mean"].abs().max().item<float>() > 0);
    }

    [Fact]
    public void Training_AllTasks_BeatsTheTrivialAnswers()
    {
        using var scope = NewDisposeScope();
        var problem = ToyShapes.Problem(All);
        using var run = TrainingRun.FromScratch(problem, Recipe, 1, CPU);
        var start = Values(run);
        for (var epoch = 0; epoch < Recipe.Epochs; epoch++)
        {
            run.TrainEpoch(null, CancellationToken.None);
        }

        var end = Values(run);
        Assert.Equal(["IoU", "accuracy", "mIoU", "Chamfer-L1"], end.Keys);
        Assert.True(end["IoU"] > Trivial(OccupancyTasks.Reconstruction) + 0.05, $"IoU {start["IoU"]} to {end["IoU"]}, trivial {Trivial(OccupancyTasks.Reconstruction)}");
        Assert.True(end["mIoU"] > Trivial(OccupancyTasks.Segmentation) + 0.1, $"mIoU {start["mIoU"]} to {end["mIoU"]}, trivial {Trivial(OccupancyTasks.Segmentation)}");
        Assert.True(end["accuracy"] > Trivial(OccupancyTasks.Classification) + 0.2, $"accuracy {start["accuracy"]} to {end["accuracy"]}");
        Assert.True(end["Chamfer-L1"] < start["Chamfer-L1"], $"Chamfer-L1 {start["Chamfer-L1"]} to {end["Chamfer-L1"]}");
    }

    [Fact]
    public void Trivial_OfTwoEquallyFrequentCategories_IsByHand()
    {
        Assert.Equal(0.5, Trivial(OccupancyTasks.Classification));

        // One label everywhere: 0 in the categories and parts without it; the half shapes that have it get at most 1/2 for it.
        Assert.InRange(Trivial(OccupancyTasks.Segmentation), 0.05, 0.4);
        Assert.InRange(Trivial(OccupancyTasks.Reconstruction), 0.1, 0.5);
    }

    [Fact]
    public void Measure_TwiceInARow_IsTheSame()
    {
        using var scope = NewDisposeScope();
        using var run = TrainingRun.FromScratch(ToyShapes.Problem(All), Recipe, 1, CPU);

        Assert.Equal(Values(run), Values(run));
    }

    [Theory]
    [InlineData(All, "Points of test shapes and below them their reconstructed surfaces, in the colours of the parts told")]
    [InlineData(OccupancyTasks.Reconstruction, "Points of test shapes and below them their reconstructed surfaces")]
    public void Pictures_OfReconstructions_ArePngAndSayWhatIsToBeSeen(OccupancyTasks tasks, string caption)
    {
        using var scope = NewDisposeScope();
        using var run = TrainingRun.FromScratch(ToyShapes.Problem(tasks), Recipe, 1, CPU);
        run.TrainEpoch(null, CancellationToken.None);

        var picture = Assert.Single(run.Pictures());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture.Png.Take(4));
        Assert.Equal(caption, picture.Caption);
    }

    [Fact]
    public void CreateNetwork_SegmentationWithoutParts_IsRefused()
    {
        var data = ToyShapes.Data() with { PartsOfCategory = [[], []] };
        var problem = new OccupancyProblem(new Lazy<OccupancyData>(data), ToyShapes.Architecture with { Tasks = All }, ToyShapes.Options);

        Assert.Contains("part labels", Assert.Throws<ArgumentException>(() => problem.CreateNetwork()).Message);
    }

    [Fact]
    public void CreateNetwork_ImagesWithoutImages_IsRefused()
    {
        var problem = new OccupancyProblem(
            new Lazy<OccupancyData>(() => ToyShapes.Data()), OccupancyArchitecture.SmallImage with { Tasks = OccupancyTasks.Reconstruction }, ToyShapes.Options);

        Assert.Contains("3 x 48 x 48", Assert.Throws<ArgumentException>(() => problem.CreateNetwork()).Message);
        Assert.Equal(OccupancyProblem.LayersOf(OccupancyArchitecture.SmallImage).Count, problem.Layers.Count);
    }

    private static double Trivial(OccupancyTasks task)
    {
        var problem = ToyShapes.Problem(task);
        using var network = problem.CreateNetwork();
        using var session = problem.Open(network, CPU);
        return session.Trivial(Split.Test);
    }

    private static Tensor First(LearningSession session) => session.Steps(64, Recipe, 1, 0).First()();

    private static Dictionary<string, double> Values(TrainingRun run) => run.EvaluateAll(Split.Test).ToDictionary(entry => entry.Name, entry => entry.Value);
}
