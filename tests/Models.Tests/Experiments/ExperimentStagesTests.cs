using Bitcurve.Models.Experiments;
using Bitcurve.Models.Tests.Data;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using static Bitcurve.Models.Tests.Training.SmallTraining;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Experiments;

[Collection(nameof(GlobalGenerator))]
public sealed class ExperimentStagesTests : IDisposable
{
    private static readonly ImageClassification Problem = new("resnet8", Images);
    private static readonly TrainingRecipe Short = Recipe with { Epochs = 2, Optimizer = OptimizerKind.Adam };

    private readonly TemporaryFolder folder = new();
    private readonly List<string> said = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Train_ASecondTime_LoadsWhatWasTrained()
    {
        var first = Trained(Stages(), "a");
        var lines = said.Count;

        Assert.Equal(first, Trained(Stages(), "a"));
        Assert.Equal(2, lines);
        Assert.Equal(lines, said.Count);
    }

    [Fact]
    public void Train_Interrupted_ContinuesBitForBitWithAdam()
    {
        var whole = Trained(Stages("whole"), "a");
        using var stop = new CancellationTokenSource();
        var stages = new ExperimentStages(folder.Location, 3, WorkloadScale.Small, CPU, null, _ => stop.Cancel(), stop.Token);
        Assert.Throws<OperationCanceledException>(() => stages.Train("a", Problem, Short));

        Assert.Equal(whole, Trained(Stages(), "a"));

        // Two epochs of the whole training, and the one that was missing.
        Assert.Equal(3, said.Count);
    }

    [Fact]
    public void Train_OtherRecipe_TrainsAgain()
    {
        Trained(Stages(), "a");
        using var longer = Stages().Train("a", Problem, Short with { Epochs = 3 });

        Assert.Equal(3, longer.Epochs);
        Assert.Contains("a: epoch 1 of 3", string.Join('\n', said));
    }

    [Fact]
    public void Train_StartFromAnotherStage_TakesOverItsTensors()
    {
        Trained(Stages(), "a");
        using var stored = Stages().Train("a", Problem, Short);
        using var still = Stages().Train("b", Problem, Short with { Schedule = new LearningRateSchedule.Constant(0), WeightDecay = 0, Epochs = 1 }, startFrom: "a");

        var (from, to) = (stored.Network.named_parameters().First(), still.Network.named_parameters().First());
        Assert.Equal(from.name, to.name);
        Assert.Equal(from.parameter.data<float>().ToArray(), to.parameter.data<float>().ToArray());
    }

    [Fact]
    public void Train_StartFromNothing_SaysSo() =>
        Assert.Equal(
            "stage a: expected it to be trained before another one starts from it",
            Assert.Throws<InvalidOperationException>(() => Stages().Train("b", Problem, Short, startFrom: "a")).Message);

    private ExperimentStages Stages(string? part = null) =>
        new(part is null ? folder.Location : Path.Combine(folder.Location, part), 3, WorkloadScale.Small, CPU, null, said.Add, default);

    private static byte[] Trained(ExperimentStages stages, string stage)
    {
        using var run = stages.Train(stage, Problem, Short);
        return Bytes(run);
    }
}
