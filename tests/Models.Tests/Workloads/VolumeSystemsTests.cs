using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Workloads;

[Collection(nameof(GlobalGenerator))]
public class VolumeSystemsTests
{
    private static readonly string[] Variants = ["", "-pseudo3d", "-depthwise"];

    public static TheoryData<string> Networks =>
    [
        "r3d-18", "voxnet", "shapenets3d", "3dmv", "ndf",
        .. from network in new[] { "vgg13-3d", "vgg16-3d", "vgg19-3d", "rec6", "resrec6", "rec16", "resrec16" } from variant in Variants select network + variant,
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Family_AtBothScales_OpensWithoutData(string network)
    {
        var family = SystemCatalogue.Find(network);
        foreach (var scale in family.Scales)
        {
            var content = family.Open(scale, new WorkloadDataChoice(family.Data[0].Name));

            Assert.NotEmpty(family.Layers(scale));
            Assert.Equal(family.Metric, content.Problem.Metric);

            // The tasks of a search are checkpoints of one run.
            Assert.IsType<LearningRateSchedule.Constant>(content.FineTuning.Schedule);
        }

        Assert.Equal([WorkloadScale.Full, WorkloadScale.Small], family.Scales);
        Assert.False(family.Data[0].IsFolder);
    }

    [Theory]
    [InlineData("voxnet/solids@small")]
    [InlineData("r3d-18/clips@small")]
    [InlineData("3dmv/rooms@small")]
    [InlineData("rec6-depthwise/views@small")]
    [InlineData("ndf/solids@small")]
    public void Workload_OfEachKind_TakesAStep(string name)
    {
        var workload = Workload.Open(name);
        workload.Check();

        Assert.Equal(Layers(workload.Family.Layers(WorkloadScale.Small)), Layers(workload.Layers));
        using var run = TrainingRun.FromScratch(workload.Problem, workload.Baseline, 1, CPU);
        using var scope = NewDisposeScope();
        Assert.Equal(workload.Layers.Select(layer => layer.Name), run.Network.Convolutions.Select(convolution => convolution.Name));
        Assert.True(double.IsFinite(run.Step(run.Session.Steps(workload.Problem.TrainCount, workload.Baseline, 1, 0).First())));
    }

    private static IEnumerable<string> Layers(IReadOnlyList<QuantizedLayer> layers) =>
        layers.Select(layer => $"{layer.Name} {string.Join('x', layer.WeightShape)} {layer.SharesWith}");
}
