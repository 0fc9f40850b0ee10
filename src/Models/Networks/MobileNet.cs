using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// MobileNet v1 (Howard et al. 2017): depthwise 3x3 and pointwise 1x1 convolutions in turn (seeds 003 and 004 count their cost). Names are those
/// of the common CIFAR repositories: <c>conv1</c>, <c>layers.N.conv1</c> (depthwise), <c>layers.N.conv2</c> (pointwise), <c>linear</c>.
/// </summary>
internal static class MobileNet
{
    private static readonly (int Width, int Stride)[] Blocks =
    [
        (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
    ];

    /// <param name="classes">K.</param>
    /// <param name="stemStride">2 for images of 224x224, 1 for 32x32.</param>
    internal static Block Of(int classes, int stemStride)
    {
        var (layers, channels) = (new List<Block>(), 32);
        for (var k = 0; k < Blocks.Length; k++)
        {
            var separable = Separable(channels, Blocks[k].Width, Blocks[k].Stride).As($"{k}").As("layers");

            // A new stage wherever the resolution changes.
            layers.Add(Blocks[k].Stride == 2 ? new Stage(separable) : separable);
            channels = Blocks[k].Width;
        }

        var stem = Block.Chain(Block.Conv2d(32, kernel: 3, stemStride, padding: 1).As("conv1"), new BatchNorm().As("bn1"), new Relu());
        return Block.Chain([new Stage(stem), .. layers, new GlobalAverage(), new FullyConnected(classes).As("linear")]);
    }

    private static Sequence Separable(int inputs, int outputs, int stride) => Block.Chain(
        Block.Conv2d(inputs, kernel: 3, stride, padding: 1, groups: inputs).As("conv1"),
        new BatchNorm().As("bn1"),
        new Relu(),
        Block.Conv2d(outputs, kernel: 1).As("conv2"),
        new BatchNorm().As("bn2"),
        new Relu());
}
