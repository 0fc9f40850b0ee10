using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks;

[Collection(nameof(GlobalGenerator))]
public class NetworkCatalogueTests
{
    // Published or hand-counted totals: vgg8, resnet8 from the recipe; ResNet-20 0.27 M (He et al. table 6, with batch norm and classifier);
    // ResNet-18 for CIFAR 11,173,962; VGG-16 with batch norm and one linear layer 14,728,266.
    [Theory]
    [InlineData("vgg8", 116_922, 115_632, 8)]
    [InlineData("resnet8", 75_290, 74_160, 7)]
    [InlineData("resnet20", 269_722, 267_696, 19)]
    [InlineData("resnet18-cifar", 11_173_962, 11_159_232, 20)]
    [InlineData("vgg11", 9_231_114, 9_217_728, 8)]
    [InlineData("vgg16", 14_728_266, 14_710_464, 13)]
    public void Create_Network_HasThePublishedSize(string name, long parameters, long convolutionWeights, int convolutions)
    {
        using var network = NetworkCatalogue.Create(name, 10);

        Assert.Equal(parameters, network.parameters().Sum(p => p.numel()));
        Assert.Equal(convolutionWeights, network.Convolutions.Sum(c => c.Layer.Weight.numel()));
        Assert.Equal(convolutions, network.Convolutions.Count);
    }

    [Fact]
    public void Convolutions_ResNet18_ComeInModuleOrderWithTheShortcutAfterItsBlock()
    {
        using var network = NetworkCatalogue.Create("resnet18-cifar", 10);

        Assert.Equal(
            ["conv1", "layer1.0.conv1", "layer1.0.conv2", "layer1.1.conv1", "layer1.1.conv2", "layer2.0.conv1", "layer2.0.conv2", "layer2.0.downsample.0"],
            network.Convolutions.Select(c => c.Name).Take(8));
    }

    [Fact]
    public void Vgg_Names_AreTorchvisions()
    {
        using var network = NetworkCatalogue.Create("vgg11", 10);

        // conv, norm, ReLU, pool: the second convolution is features.4.
        Assert.Equal(["features.0", "features.4", "features.8", "features.11"], network.Convolutions.Select(c => c.Name).Take(4));
    }

    [Fact]
    public void Create_AnyNetwork_HasTheTensorsOfItsBlueprint()
    {
        Assert.All(NetworkCatalogue.Names, name =>
        {
            using var network = NetworkCatalogue.Create(name, 10);

            Assert.Equal(network.Blueprint.ParameterCount, network.parameters().Sum(p => p.numel()));
            Assert.Equal(
                network.Blueprint.Convolutions.Select(c => string.Join('x', c.WeightShape!)),
                network.Convolutions.Select(c => string.Join('x', c.Layer.Weight.shape)));
        });
    }

    [Theory]
    [InlineData("resnet50", "layer3.5.bn3.running_var")]
    [InlineData("convnext-t", "features.5.8.layer_scale")]
    [InlineData("convnext-t", "features.2.1.bias")]
    [InlineData("convnext-t", "features.7.2.block.5.weight")]
    [InlineData("convnext-t", "classifier.0.weight")]
    [InlineData("googlenet", "a3.b3.6.weight")]
    [InlineData("googlenet", "e4.b4.1.bias")]
    [InlineData("mobilenet-v1", "layers.12.bn2.weight")]
    public void Create_Network_HasTheRepositorysNames(string name, string tensor)
    {
        using var network = NetworkCatalogue.Create(name, 10);

        Assert.Contains(tensor, network.state_dict().Keys);
    }

    [Theory]
    [InlineData("vgg8")]
    [InlineData("resnet8")]
    [InlineData("resnet20")]
    [InlineData("vgg11")]
    [InlineData("resnet18")]
    [InlineData("resnet50-cifar")]
    [InlineData("googlenet")]
    [InlineData("mobilenet-v1-cifar")]
    [InlineData("convnext-t")]
    public void Forward_ThreeImages_GivesOneLogitPerClass(string name)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = NetworkCatalogue.Create(name, 7);
        network.eval();

        Assert.Equal([3L, 7L], network.call(zeros([3, 3, 32, 32])).shape);
    }

    [Fact]
    public void Create_SameSeed_RepeatsTheWeights()
    {
        manual_seed(4);
        using var first = NetworkCatalogue.Create("vgg8", 10);
        manual_seed(4);
        using var second = NetworkCatalogue.Create("vgg8", 10);

        Assert.Equal(first.Convolutions[2].Layer.Weight.data<float>().ToArray(), second.Convolutions[2].Layer.Weight.data<float>().ToArray());
    }

    [Fact]
    public void Create_Unknown_ListsTheNames()
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkCatalogue.Create("vgg9", 10));

        Assert.StartsWith("unknown network 'vgg9': expected one of convnext-t, ", error.Message);
        Assert.Contains("vgg8", error.Message);
    }
}
