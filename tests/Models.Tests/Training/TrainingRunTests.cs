using Bitcurve.Models.Data;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using static Bitcurve.Models.Tests.Training.SmallTraining;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training;

[Collection(nameof(GlobalGenerator))]
public class TrainingRunTests
{
    private static readonly int[] Bits = [8, 4, 3, 2, 2, 2, 1, 1];

    [Fact]
    public void Resume_FromACheckpoint_ContinuesBitForBit()
    {
        using var whole = Start();
        whole.TrainEpoch(null, default);
        using var stored = new MemoryStream();
        whole.Save(stored);
        whole.TrainEpoch(null, default);

        stored.Position = 0;
        using var resumed = TrainingRun.FineTuning(new ImageClassification("vgg8", Images), Recipe, Bits, QuantizerOptions.Default, 3, CPU);
        using (var file = SafetensorsFile.Open(stored))
        {
            resumed.Resume(file, "checkpoint");
        }

        Assert.Equal(1, resumed.Epochs);
        resumed.TrainEpoch(null, default);
        Assert.Equal(Bytes(whole), Bytes(resumed));
    }

    [Fact]
    public void TrainEpoch_SameSeed_RepeatsBitForBit()
    {
        using var first = Start();
        using var second = Start();

        Assert.Equal(first.TrainEpoch(null, default), second.TrainEpoch(null, default));
        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void TrainEpoch_WithoutAnObserver_CountsItsSteps()
    {
        using var run = Start();
        var steps = new List<int>();
        run.TrainEpoch(steps.Add, default);

        Assert.Equal([1, 2, 3, 4], steps);

        // The mean of four cross-entropies over ten classes: an uncounted step would show as a sum.
        Assert.InRange(run.TrainEpoch(null, default), 0.5, 5);
    }

    [Fact]
    public void TrainEpoch_Cancelled_StopsBeforeTheNextStep()
    {
        using var run = Start();
        using var cancellation = new CancellationTokenSource();
        var steps = 0;

        Assert.Throws<OperationCanceledException>(() => run.TrainEpoch(s => { steps = s; cancellation.Cancel(); }, cancellation.Token));
        Assert.Equal(1, steps);
        Assert.Equal(0, run.Epochs);
    }

    [Fact]
    public void TrainEpoch_LossNotFinite_SaysEpochAndStep()
    {
        using var run = TrainingRun.FromScratch(new ImageClassification("vgg8", Images), Recipe with { Schedule = new LearningRateSchedule.Constant(1e30) }, 0, CPU);
        var error = Assert.Throws<DivergedException>(() => run.TrainEpoch(null, default));

        Assert.Contains("epoch 1, step", error.Message);
    }

    [Fact]
    public void FromScratch_FewEpochs_LearnsItsTrainingImages()
    {
        using var run = TrainingRun.FromScratch(new ImageClassification("resnet8", Images), TrainingRecipe.ShapesBaseline with { Epochs = 8, BatchSize = 32 }, 0, CPU);
        var first = run.TrainEpoch(null, default);
        for (var e = 1; e < 8; e++)
        {
            run.TrainEpoch(null, default);
        }

        Assert.True(run.Evaluate(Split.Train) > 0.2, "ten classes: chance is 0.1");
        Assert.InRange(first, 1.5, 3.5);
    }

    [Fact]
    public void EvaluateRecalibrated_Afterwards_StatisticsAreAsBefore()
    {
        using var run = Start();
        var before = Bytes(run);
        run.EvaluateRecalibrated(Split.Validation);

        Assert.Equal(before, Bytes(run));
    }

    [Fact]
    public void FineTuning_EmptyBits_TrainsInFullPrecision()
    {
        using var run = TrainingRun.FineTuning(new ImageClassification("vgg8", Images), Recipe, [], QuantizerOptions.Default, 3, CPU);

        Assert.All(run.Network.Convolutions, c => Assert.Null(c.Layer.ActivationBits));
        Assert.True(double.IsFinite(run.TrainEpoch(null, default)));
    }

    private static TrainingRun Start()
    {
        manual_seed(3);
        return TrainingRun.FineTuning(new ImageClassification("vgg8", Images), Recipe, Bits, QuantizerOptions.Default, 3, CPU);
    }
}
