using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Onnx;

/// <summary>The exported model, computed by ONNX Runtime, against the network itself.</summary>
[Collection(nameof(GlobalGenerator))]
public class OnnxAgreementTests(ITestOutputHelper output)
{
    private const int Images = 256;
    private const int MostNearTies = 2;

    // All three integer types: 1 and 2 bits, 3 and 4, 5 to 8. Sums in another order may round a value to the neighbouring step: a bound on
    // the logits would be arbitrary where bits are few, so what is required is the decision.
    [Theory]
    [InlineData("vgg8", "87654321")]
    [InlineData("vgg8", "65443221")]
    [InlineData("vgg8", "44444444")]
    [InlineData("resnet8", "8765432")]
    [InlineData("resnet8", "8642135")]
    public void Run_FineTunedNetwork_DecidesTheSame(string name, string digits)
    {
        OnnxCase.RequireRuntime();
        using var scope = NewDisposeScope();
        int[] bits = [.. digits.Select(digit => digit - '0')];
        var source = DataSource.Parse("shapes32-tiny");
        var data = source.Load();
        using var run = TrainingRun.FineTuning(new ImageClassification(name, data), source.FineTuning, bits, QuantizerOptions.Default, seed: 5, CPU);
        run.LoadWeights(SafetensorsFile.Open(Baseline(name, source)), "baseline");
        run.TrainEpoch(null, TestContext.Current.CancellationToken);
        using var batches = new ImageBatches(data.Normalization, CPU);
        var images = batches.InOrder(data.Train, Images, Images).Single().Input;

        var network = (BlueprintNetwork)run.Network;
        var expected = OnnxCase.Compute(network, bits, images);
        var actual = OnnxCase.Run(OnnxCase.Export(network, bits), images);

        var difference = OnnxCase.LargestDifference(expected, actual);
        output.WriteLine($"{name} {digits}: largest difference of a logit {difference:g3}, of {expected.Max(Math.Abs):g3}");
        var classes = data.Train.ClassNames.Count;
        Assert.InRange(OnnxCase.Agreements(expected, actual, classes), Images - MostNearTies, Images);
        Assert.All(expected.Chunk(classes).Zip(actual.Chunk(classes)), image =>
        {
            // Another decision is one between logits that lie closer together than rounding moves them.
            var chosen = image.Second.IndexOf(image.Second.Max());
            Assert.InRange(image.First.Max() - image.First[chosen], 0, 2 * difference);
        });
        Assert.True(expected.Chunk(10).Select(row => row.IndexOf(row.Max())).Distinct().Count() > 1, "the network says one class for every image");
    }

    // A little FP32 training: random weights say one class for every image.
    private static MemoryStream Baseline(string name, DataSource source)
    {
        using var run = TrainingRun.FromScratch(new ImageClassification(name, source.Load()), source.Baseline with { Epochs = 10 }, seed: 5, CPU);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            run.TrainEpoch(null, TestContext.Current.CancellationToken);
        }

        var weights = new MemoryStream();
        run.Save(weights);
        weights.Position = 0;
        return weights;
    }
}
