using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training.Volumes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Volumes;

[Collection(nameof(GlobalGenerator))]
public class VolumeClassificationTests
{
    // The class is the sign of a single voxel's weight: everything can be computed by hand.
    private static readonly Block OneVoxel = Block.Chain(new Flatten(), new FullyConnected(3).As("classifier"));

    [Fact]
    public void MeasureAll_KnownLogits_IsTheAccuracyByHand()
    {
        // Samples have 0 .. 4 ones; logits are 0, ones - 0.5 and 2 ones - 4.6: the classes 0, 1, 1, 1, 1.
        var problem = Counted([0, 1, 0, 1, 2], train: [2, 2, 1, 0, 2]);
        using var network = (BlueprintNetwork)problem.CreateNetwork();
        Set(network, "classifier.weight", [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
        Set(network, "classifier.bias", [0, -0.5f, -4.6f]);
        using var session = problem.Open(network, CPU);

        // Right are the first, second and fourth of five; of the classes 1/2, 2/2 and 0/1.
        Assert.Equal([("accuracy", 0.6), ("mean class accuracy", 0.5)], session.MeasureAll(Split.Validation).Select(figure => (figure.Name, Math.Round(figure.Value, 12))));
        Assert.Equal(0.6, session.Measure(Split.Validation), 12);

        // Most training samples are of class 2, of which validation has one.
        Assert.Equal(0.2, session.Trivial(Split.Validation), 12);
    }

    [Fact]
    public void Steps_SameKey_GiveTheSameLosses()
    {
        var problem = SmallVolumes.Classification(train: 12);
        manual_seed(1);
        using var network = problem.CreateNetwork();

        var first = ProblemChecks.Losses(problem, network, seed: 7, epoch: 2);
        Assert.Equal(3, first.Count);
        Assert.Equal(first, ProblemChecks.Losses(problem, network, seed: 7, epoch: 2));
        Assert.NotEqual(first, ProblemChecks.Losses(problem, network, seed: 7, epoch: 3));
        Assert.NotEqual(first, ProblemChecks.Losses(problem, network, seed: 8, epoch: 2));
    }

    [Fact]
    public void Steps_Gradient_AgreesWithDifferences() => ProblemChecks.GradientsAgree(SmallVolumes.Classification(train: 8), tolerance: 2e-3);

    [Fact]
    public void ContentHash_AnyLabelChanged_Differs()
    {
        Assert.Equal(Counted([0, 1], [0, 1]).ContentHash, Counted([0, 1], [0, 1]).ContentHash);
        Assert.NotEqual(Counted([0, 1], [0, 1]).ContentHash, Counted([0, 2], [0, 1]).ContentHash);
        Assert.NotEqual(Counted([0, 1], [0, 1]).ContentHash, Counted([0, 1], [1, 1]).ContentHash);
    }

    [Fact]
    public void Constructor_LabelOfNoClass_SaysWhere()
    {
        var error = Assert.Throws<ArgumentException>(() => Counted([0, 3], [0, 1]).ContentHash);

        Assert.Equal("counts, sample 1: expected a label in 0 .. 2, actual 3", error.Message);
    }

    [Fact]
    public void Constructor_SampleOfAnotherSize_SaysWhere()
    {
        var error = Assert.Throws<ArgumentException>(() => new MemorySamples("grids", [new byte[8], new byte[7]], [1, 2, 2, 2]));

        Assert.Equal("grids, sample 1: expected 1x2x2x2 = 8 bytes, actual 7", error.Message);
    }

    private static VolumeClassification Counted(int[] labels, int[] train)
    {
        static LabelledVolumes Of(int[] labels) => new(
            new MemorySamples("counts", [.. labels.Select((_, ones) => (byte[])[.. Enumerable.Range(0, 4).Select(k => (byte)(k < ones ? 1 : 0))])], [1, 1, 2, 2]),
            labels,
            ["a", "b", "c"]);
        return new(() => new(Of(train), Of(labels), Of(labels), train.Length), data => new Blueprint("one voxel", OneVoxel, data.Samples.Shape), null, VolumeSymmetry.AboutFirstAxis);
    }

    private static void Set(BlueprintNetwork network, string name, float[] values)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var parameter = network.named_parameters().First(p => p.name == name).parameter;
        parameter.copy_(tensor(values, parameter.shape));
    }
}
