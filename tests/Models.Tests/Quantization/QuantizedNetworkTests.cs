using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Quantization;

public class QuantizedNetworkTests
{
    [Fact]
    public void Constructor_WrongNumberOfBits_SaysBothCounts()
    {
        using var network = NetworkCatalogue.Create("vgg8", 10);
        var error = Assert.Throws<ArgumentException>(() => new QuantizedNetwork(network, [4, 4], QuantizerOptions.Default));

        Assert.Equal("vgg8 has 8 quantised layers, got 2 bit-widths", error.Message);
    }

    [Fact]
    public void PassGradients_AfterBackward_GivesEachWeightTheGradientAtItsQuantisedValue()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var network = NetworkCatalogue.Create("resnet8", 10);
        var before = network.Convolutions[3].Layer.Weight.data<float>().ToArray();
        using (var quantized = new QuantizedNetwork(network, [4, 4, 4, 4, 4, 4, 4], QuantizerOptions.Default))
        {
            quantized.Requantize(forTraining: true);
            nn.functional.cross_entropy(network.call(randn([4, 3, 32, 32])), tensor([0L, 1L, 2L, 3L])).backward();
            quantized.PassGradients();

            foreach (var (_, layer) in network.Convolutions)
            {
                Assert.Equal(layer.QuantizedWeight!.grad!.data<float>().ToArray(), layer.Weight.grad!.data<float>().ToArray());
                Assert.NotEqual(0f, layer.Weight.grad!.abs().max().item<float>());
            }
        }

        Assert.Equal(before, network.Convolutions[3].Layer.Weight.data<float>().ToArray());
    }

    [Fact]
    public void Dispose_Afterwards_TheNetworkComputesInFullPrecisionAgain()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(2);
        using var network = NetworkCatalogue.Create("vgg8", 10);
        network.eval();
        var image = randn([1, 3, 32, 32]);
        var before = network.call(image).data<float>().ToArray();
        using (var quantized = new QuantizedNetwork(network, [1, 1, 1, 1, 1, 1, 1, 1], QuantizerOptions.Default))
        {
            quantized.Requantize(forTraining: false);
            Assert.NotEqual(before, network.call(image).data<float>().ToArray());
        }

        Assert.Equal(before, network.call(image).data<float>().ToArray());
    }

    [Fact]
    public void FirstLayer_TakesTheImageAsItIs()
    {
        using var network = NetworkCatalogue.Create("vgg8", 10);
        using var quantized = new QuantizedNetwork(network, [3, 4, 4, 4, 4, 4, 4, 5], QuantizerOptions.Default);

        Assert.Null(network.Convolutions[0].Layer.ActivationBits);
        Assert.Equal(5, network.Convolutions[7].Layer.ActivationBits);
    }
}
