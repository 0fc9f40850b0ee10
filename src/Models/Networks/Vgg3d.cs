using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// VGG with three axes (Ye et al. 2018; seed 000, table 1): convolutions without bias, each (also the first step of a split one) with batch norm and ReLU,
/// five poolings, three linear layers. Names: <c>features.N</c>, counted as in torchvision's <c>vgg*_bn</c>, and <c>classifier.N</c>.
/// </summary>
internal static class Vgg3d
{
    /// <param name="widths">Channels of each stage.</param>
    /// <param name="depths">Convolutions of each stage.</param>
    /// <param name="hidden">Outputs of the two hidden linear layers; the published ones have 4096.</param>
    /// <param name="convolution">Of which kind.</param>
    /// <param name="classes">K.</param>
    internal static Block Of(IReadOnlyList<int> widths, IReadOnlyList<int> depths, int hidden, Convolution3d convolution, int classes)
    {
        var (stages, number, channels) = (new List<Block>(), 0, 1);
        foreach (var (width, depth) in widths.Zip(depths))
        {
            List<Block> parts = [];
            for (var k = 0; k < depth; k++)
            {
                parts.AddRange(convolution.Units(number, channels, width));
                number += convolution.Length;
                channels = width;
            }

            stages.Add(new Stage(Block.Chain([.. parts, new MaxPool(2, 2)])));
            number++; // the pooling's
        }

        return Block.Chain(
            Block.Chain([.. stages]).As("features"),
            new Flatten(),
            Block.Chain(
                new FullyConnected(hidden).As("0"),
                new BatchNorm().As("1"),
                new Relu(),
                new FullyConnected(hidden).As("3"),
                new BatchNorm().As("4"),
                new Relu(),
                new FullyConnected(classes).As("6")).As("classifier"));
    }
}
