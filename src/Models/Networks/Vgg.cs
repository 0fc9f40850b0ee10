using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// VGG for small images (Simonyan and Zisserman 2015, with batch norm): 3x3 convolutions, max-pooling between stages, one linear layer.
/// Names are those of torchvision's <c>vgg*_bn</c> features: <c>features.N</c>, and <c>classifier</c>.
/// </summary>
internal static class Vgg
{
    /// <param name="widths">Output channels of each convolution; 0 is a 2x2 max-pooling.</param>
    /// <param name="classes">K.</param>
    /// <param name="hasBias">Whether convolutions have a bias (the published VGG has, vgg8 has not).</param>
    internal static Block Of(IReadOnlyList<int> widths, int classes, bool hasBias)
    {
        var (stages, steps) = (new List<Block>(), new List<Block>());
        var index = 0;
        foreach (var width in widths)
        {
            if (width == 0)
            {
                stages.Add(new Stage(Block.Chain([.. steps, new MaxPool(2, 2)])));
                steps.Clear();
                index++;
                continue;
            }

            steps.AddRange(
            [
                Block.Conv2d(width, kernel: 3, padding: 1, hasBias: hasBias).As($"{index}"),
                new BatchNorm().As($"{index + 1}"),
                new Relu(),
            ]);
            index += 3; // the ReLU takes the third number
        }

        if (steps.Count > 0)
        {
            stages.Add(new Stage(Block.Chain([.. steps])));
        }

        return Block.Chain(Block.Chain([.. stages]).As("features"), new GlobalAverage(), new FullyConnected(classes).As("classifier"));
    }
}
