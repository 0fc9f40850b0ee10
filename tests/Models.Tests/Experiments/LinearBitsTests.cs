using Bitcurve.Models.Experiments;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Tests.Experiments;

public class LinearBitsTests
{
    private static readonly IReadOnlyList<QuantizedLayer> Layers =
        [Layer("a", 10), Layer("b", 20), Layer("c", 5) with { SharesWith = "b" }, Layer("d", 40), Layer("e", 100)];

    [Fact]
    public void Over_LayerThatShares_TakesTheOthersBits()
    {
        // Four layers of their own at 8, 6, 4, 2.
        Assert.Equal([8, 6, 6, 4, 2], new LinearBits(8, 2).Over(Layers));

        // 1, 1.67, 2.33, 3.
        Assert.Equal([1, 2, 2, 2, 3], new LinearBits(1, 3).Over(Layers));
        Assert.Equal([5], new LinearBits(5, 1).Over([Layer("alone", 3)]));
    }

    [Fact]
    public void PerWeight_IsTheMeanOverWeights() =>
        Assert.Equal(((10 * 8) + (25 * 6) + (40 * 4) + (100 * 2)) / 175.0, new LinearBits(8, 2).PerWeight(Layers), 12);

    [Theory]
    [InlineData("voxnet")]
    [InlineData("r3d-18")]
    [InlineData("3dmv")]
    [InlineData("ndf-encoder")]
    [InlineData("voxnet@small")]
    [InlineData("r3d-18@small")]
    [InlineData("3dmv@small")]
    [InlineData("ndf-encoder@small")]
    [InlineData("vgg8")]
    public void OfEqualMemory_EveryNetwork_FindsOppositeOrders(string network)
    {
        var layers = QuantizedLayer.AllOf(NetworkCatalogue.Describe(network));
        var (falling, rising) = LinearBits.OfEqualMemory(layers, 2.5);

        Assert.True(falling.First > falling.Last && rising.First < rising.Last);
        Assert.InRange(falling.PerWeight(layers), 1.5, 3.5);

        // At most a tenth of the memory apart; two layers leave few choices.
        Assert.InRange(rising.PerWeight(layers) / falling.PerWeight(layers), 0.9, 1.1);
    }

    private static QuantizedLayer Layer(string name, int weights) => new(name, [weights, 1], weights);
}
