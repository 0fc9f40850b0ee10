using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using static Bitcurve.Models.Tests.Training.SmallTraining;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training;

[Collection(nameof(GlobalGenerator))]
public class SeriesTrainingTests
{
    private static readonly SeriesScheme Mixed = SeriesScheme.Parse(SeriesKind.Cosine, "3,3,2,2x3,2,1,2");

    [Fact]
    public void Create_WithSeries_StoresCoefficientsAndKeepsFullKernels()
    {
        using var network = NetworkCatalogue.Create("resnet8", 10, Mixed);

        Assert.Equal(
            ["16x3x3x3", "16x16x3x3", "16x16x2x2", "32x16x2x3", "32x32x2x2", "64x32x1x1", "64x64x2x2"],
            network.Convolutions.Select(c => string.Join('x', c.Layer.Weight.shape)));
        Assert.Null(network.Convolutions[1].Layer.Series);
    }

    [Theory]
    [InlineData(SeriesKind.Cosine)]
    [InlineData(SeriesKind.Chebyshev)]
    public void Fit_OfKernelsThatAreSeries_ComputesTheSame(SeriesKind kind)
    {
        // Kernels made of two harmonics, so that two harmonics lose nothing.
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var full = NetworkCatalogue.Create("vgg8", 10);
        using var expansion = new SeriesExpansion(kind, [2, 2], [3, 3]);
        foreach (var (_, layer) in full.Convolutions)
        {
            layer.Weight.copy_(expansion.Expand(expansion.Project(layer.Weight)));
        }

        using var compressed = NetworkCatalogue.Create("vgg8", 10, SeriesScheme.Parse(kind, "2,2,2,2,2,2,2,2"));
        var fitted = SeriesCompression.Fit(full, compressed, SeriesFitMethod.ClosedForm);
        var image = randn([4, 3, 32, 32]);
        full.eval();
        compressed.eval();

        Assert.All(fitted, layer => Assert.InRange(layer.RelativeError, 0, 1e-6));
        Assert.Equal(4 * full.Convolutions.Sum(c => c.Layer.Weight.numel()), 9 * compressed.Convolutions.Sum(c => c.Layer.Weight.numel()));
        Assert.InRange((full.call(image) - compressed.call(image)).abs().max().item<float>(), 0, 1e-4f);
    }

    [Fact]
    public void LoadWeights_FullKernels_FitsThemAndSaysHowWell()
    {
        using var baseline = Baseline("resnet8");
        using var run = Start([], Mixed);

        var fitted = run.LoadWeights(baseline, "baseline");

        Assert.Equal(["layer1.0.conv2", "layer2.0.conv1", "layer2.0.conv2", "layer3.0.conv1", "layer3.0.conv2"], fitted.Select(layer => layer.Layer));
        Assert.Equal(16 * 16 * 4, fitted[0].Coefficients);
        Assert.All(fitted, layer => Assert.InRange(layer.RelativeError, 0.1, 1));

        // Fewer harmonics keep less of a kernel.
        Assert.True(fitted[3].RelativeError > fitted[4].RelativeError);
        Assert.True(fitted[4].RelativeError > fitted[1].RelativeError);
    }

    [Fact]
    public void TrainEpoch_SeriesWithBits_UpdatesTheCoefficientsAndResumesBitForBit()
    {
        using var baseline = Baseline("resnet8");
        int[] bits = [8, 0, 4, 4, 3, 2, 1];
        using var whole = Start(bits, Mixed);
        whole.LoadWeights(baseline, "baseline");
        var before = whole.Network.Convolutions.Select(c => c.Layer.Weight.data<float>().ToArray()).ToList();
        whole.TrainEpoch(null, default);
        using var stored = new MemoryStream();
        whole.Save(stored);
        whole.TrainEpoch(null, default);

        stored.Position = 0;
        using var resumed = Start(bits, Mixed);
        using (var file = SafetensorsFile.Open(stored))
        {
            resumed.Resume(file, "checkpoint");
        }

        resumed.TrainEpoch(null, default);

        Assert.All(whole.Network.Convolutions.Zip(before), layer => Assert.NotEqual(layer.Second, layer.First.Layer.Weight.data<float>().ToArray()));
        Assert.Equal(Bytes(whole), Bytes(resumed));
        Assert.Null(whole.Network.Convolutions[1].Layer.QuantizedWeight);
        Assert.Equal(16 * 16 * 2 * 2, whole.Network.Convolutions[2].Layer.QuantizedWeight!.numel());
    }

    [Fact]
    public void Resume_CheckpointOfFullKernels_IsRefusedWithBothShapes()
    {
        using var baseline = Baseline("resnet8");
        using var run = Start([], Mixed);

        var error = Assert.Throws<DataFormatException>(() => run.Resume(baseline, "baseline"));

        Assert.Contains("layer1.0.conv2.weight of shape [16, 16, 2, 2]", error.Message);
        Assert.Contains("[16, 16, 3, 3]", error.Message);
    }

    [Theory]
    [InlineData("3,3", "harmonics: expected 7 entries, one per compressible layer, got 2 (3,3)")]
    [InlineData("3,3,3,3,3,3,4", "harmonics of layer 'layer3.0.conv2': expected 1 to 3 for its 3x3 kernel, got 4")]
    public void Create_SeriesOfAnotherNetwork_SaysWhatFits(string harmonics, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => NetworkCatalogue.Create("resnet8", 10, SeriesScheme.Parse(SeriesKind.Cosine, harmonics))).Message);

    [Fact]
    public void TrainEpoch_StochasticDepth_IsRepeatedByAResumedRun()
    {
        // ConvNeXt drops blocks at random while it trains: seed and epoch decide which.
        var blueprint = NetworkCatalogue.Describe("convnext-t", 10, [3, 32, 32]);
        using var network = new BlueprintNetwork(blueprint);
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        foreach (var (_, factors) in network.named_parameters().Where(p => p.name.EndsWith("layer_scale", StringComparison.Ordinal)))
        {
            factors.copy_(ones(factors.shape)); // from 1e-6, at which no block would show
        }

        var image = randn([2, 3, 32, 32]);
        manual_seed(5);
        var first = network.call(image).data<float>().ToArray();
        var other = network.call(image).data<float>().ToArray();
        manual_seed(5);
        var again = network.call(image).data<float>().ToArray();

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    private static TrainingRun Start(int[] bits, SeriesScheme series) =>
        TrainingRun.FineTuning(new ImageClassification("resnet8", Images), Recipe, bits, QuantizerOptions.Default, 3, CPU, series);
}
