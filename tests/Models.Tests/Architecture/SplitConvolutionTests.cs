using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;

namespace Bitcurve.Models.Tests.Architecture;

public class SplitConvolutionTests
{
    // Seed 003: 128 filters of 3x3x3 over 7x7x3 without padding. Its 9,600 is the pointwise term alone.
    [Fact]
    public void Of_TheExampleOfSeed003_HasItsTerms()
    {
        var network = new Blueprint("example", Block.Chain(Block.Conv2d(3, kernel: 3, groups: 3).As("0"), Block.Conv2d(128, kernel: 1).As("1")), [3, 7, 7]);

        var cost = Assert.Single(SplitConvolution.Of(network));

        Assert.Equal((25, 86_400), (cost.Positions, cost.StandardCost));
        Assert.Equal((675, 9_600, 10_275), (cost.FirstCost, cost.SecondCost, cost.SplitCost));
        Assert.Equal((1.0 / 128) + (1.0 / 9), cost.Ratio, 1e-15);
        Assert.Equal(cost.SplitCost, network.Macs);
    }

    // Seed 004: 3x3 filters from 3 to 3 channels have 81 parameters, split 27 + 9 = 36.
    [Fact]
    public void Of_TheExampleOfSeed004_HasItsParameters()
    {
        var network = new Blueprint("example", Block.Chain(Block.Conv2d(3, kernel: 3, padding: 1, groups: 3).As("0"), Block.Conv2d(3, kernel: 1).As("1")), [3, 8, 8]);

        var cost = Assert.Single(SplitConvolution.Of(network));

        Assert.Equal((81, 27, 9, 36), (cost.StandardWeights, cost.FirstWeights, cost.SecondWeights, cost.SplitWeights));
    }

    // Seed 004's first example, input x output x width x height = 10 x 20 x 7 x 7, is printed as 2800.
    [Fact]
    public void StandardWeights_OfSeed004sFirstExample_Are9800()
    {
        var network = new Blueprint("example", Block.Chain(Block.Conv2d(10, kernel: 7, groups: 10).As("0"), Block.Conv2d(20, kernel: 1).As("1")), [10, 8, 8]);

        Assert.Equal(9_800, Assert.Single(SplitConvolution.Of(network)).StandardWeights);
    }

    // Seed 000, equation 3, with k = 3, c_F = 4, c_G = 6 and 5^3 positions; equation 2 divided by it is (k^3 + c_G) / (k^2 c_F + k c_G).
    [Fact]
    public void Of_PseudoAndDepthwise_AreEquations2And3()
    {
        var pseudo = Assert.Single(SplitConvolution.Of(Grid(new Convolution(4, [1, 3, 3], [1, 1, 1], [0, 1, 1]), new Convolution(6, [3, 1, 1], [1, 1, 1], [1, 0, 0]))));
        var depthwise = Assert.Single(SplitConvolution.Of(Grid(Block.Conv3d(4, kernel: 3, padding: 1, groups: 4), Block.Conv3d(6, kernel: 1))));

        Assert.Equal((SplitConvolution.Pseudo3d, SplitConvolution.Depthwise), (pseudo.Kind, depthwise.Kind));
        Assert.Equal([3, 3, 3], pseudo.Kernel);
        Assert.Equal(27 * 4 * 6 * 125, pseudo.StandardCost);
        Assert.Equal(((9 * 4 * 4) + (3 * 4 * 6)) * 125, pseudo.SplitCost);
        Assert.Equal(pseudo.StandardCost, depthwise.StandardCost);
        Assert.Equal((27.0 + 6) / ((9 * 4) + (3 * 6)), (double)depthwise.SplitCost / pseudo.SplitCost, 1e-15);
    }

    // Thirteen blocks after a standard stem; bottlenecks and residual networks have none.
    [Theory]
    [InlineData("mobilenet-v1", 13)]
    [InlineData("resnet50", 0)]
    [InlineData("r3d-18", 0)]
    [InlineData("vgg13-3d", 0)]
    [InlineData("vgg13-3d-pseudo3d", 10)]
    [InlineData("rec16-depthwise", 16)]
    public void Of_Network_FindsEverySplitConvolution(string name, int count) => Assert.Equal(count, SplitConvolution.Of(NetworkCatalogue.Describe(name)).Count);

    private static Blueprint Grid(Convolution first, Convolution second) => new("example", Block.Chain(first.As("0"), second.As("1")), [4, 5, 5, 5]);
}
