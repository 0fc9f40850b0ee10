using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;

namespace Bitcurve.Models.Tests.Architecture;

public class BlueprintTests
{
    // Published totals: torchvision's model pages (ResNets, ConvNeXt-T); the common CIFAR repository (GoogLeNet 6,166,250, MobileNet 3,217,226,
    // ResNet-34 21,282,122 and ResNet-50 23,520,842 for ten classes); He et al. table 6 (ResNet-32 0.46 M, ResNet-56 0.85 M); hand-counted the rest.
    [Theory]
    [InlineData("resnet18", 11_689_512, 20)]
    [InlineData("resnet34", 21_797_672, 36)]
    [InlineData("resnet50", 25_557_032, 53)]
    [InlineData("convnext-t", 28_589_128, 58)]
    [InlineData("mobilenet-v1", 4_231_976, 27)]
    [InlineData("mobilenet-v1-cifar", 3_217_226, 27)]
    [InlineData("googlenet", 6_166_250, 64)]
    [InlineData("resnet18-cifar", 11_173_962, 20)]
    [InlineData("resnet34-cifar", 21_282_122, 36)]
    [InlineData("resnet50-cifar", 23_520_842, 53)]
    [InlineData("resnet20", 269_722, 19)]
    [InlineData("resnet32", 464_154, 31)]
    [InlineData("resnet56", 853_018, 55)]
    [InlineData("vgg8", 116_922, 8)]
    [InlineData("vgg19", 20_040_522, 16)]
    public void Describe_Network_HasThePublishedSize(string name, long parameters, int convolutions)
    {
        var blueprint = NetworkCatalogue.Describe(name);

        Assert.Equal(parameters, blueprint.ParameterCount);
        Assert.Equal(convolutions, blueprint.Convolutions.Count);
    }

    // Multiply-accumulates of one image as published: ResNet-18 1.81 G, ResNet-50 4.09 G, ConvNeXt-T 4.46 G (torchvision), MobileNet 569 M (Howard et al. table 4).
    [Theory]
    [InlineData("resnet18", 1.814e9)]
    [InlineData("resnet50", 4.089e9)]
    [InlineData("convnext-t", 4.455e9)]
    [InlineData("mobilenet-v1", 0.569e9)]
    public void Macs_AreThePublishedOnes(string name, double macs) =>
        Assert.Equal(macs, NetworkCatalogue.Describe(name).Macs, macs * 1e-3);

    [Fact]
    public void Macs_OfVgg8_AreTheRecipesPerLayer() =>
        Assert.Equal([0.44, 0.59, 1.18, 0.59, 0.88, 0.33, 0.44, 0.59], NetworkCatalogue.Describe("vgg8").Convolutions.Select(c => Math.Round(c.Macs / 1e6, 2)));

    [Fact]
    public void Stages_OfResNet18_AreTheStemAndItsFourLayers() =>
        Assert.Equal([1, 4, 5, 5, 5], NetworkCatalogue.Describe("resnet18").Convolutions.GroupBy(c => c.Stage).Select(g => g.Count()));

    [Theory]
    [InlineData("resnet18", 17)] // without the three 1x1 shortcuts
    [InlineData("convnext-t", 18)] // the depthwise 7x7 ones
    [InlineData("vgg16", 13)]
    public void CompressibleConvolutions_AreThoseWhoseKernelsSampleSomethingSmooth(string name, int count) =>
        Assert.Equal(count, NetworkCatalogue.Describe(name).Convolutions.Count(c => ((Convolution)c.Block).IsCompressible));

    [Theory]
    [InlineData(new[] { 3, 16, 16 }, "features.11: expected at least 2 positions along each axis, actual 1")]
    public void Describe_InputTooSmall_NamesTheLayer(int[] input, string message)
    {
        // Four poolings leave one position of sixteen; vgg11 has a fifth.
        var error = Assert.Throws<ArgumentException>(() => NetworkCatalogue.Describe("vgg11", 10, input));

        Assert.Contains(message[message.IndexOf(':')..], error.Message);
    }

    [Fact]
    public void Place_BranchesOfOtherExtents_NamesThePath()
    {
        var block = new Concatenation([Block.Conv2d(4, kernel: 1).As("a"), Block.Conv2d(4, kernel: 3).As("b")]).As("mixed");

        var error = Assert.Throws<ArgumentException>(() => Placement.Of(block, [3, 8, 8]));

        Assert.Equal("mixed: expected branches of the extents 8x8, actual 6x6", error.Message);
    }

    [Fact]
    public void Place_ShortcutOfAnotherShape_SaysExpectedAndActual()
    {
        var error = Assert.Throws<ArgumentException>(() => Placement.Of(new Residual(Block.Conv2d(4, kernel: 1)).As("block"), [3, 8, 8]));

        Assert.Equal("block: expected a shortcut of 4x8x8, actual 3x8x8", error.Message);
    }
}
