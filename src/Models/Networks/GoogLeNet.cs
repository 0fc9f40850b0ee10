using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// GoogLeNet (Szegedy et al. 2015) for small images, with batch norm and two 3x3 convolutions for each 5x5: 64 convolutions. Names are those of
/// the common CIFAR repositories: <c>pre_layers.N</c>, <c>a3.b1.0</c>, ..., <c>linear</c>.
/// </summary>
internal static class GoogLeNet
{
    internal static Block Of(int classes) => Block.Chain(
        new Stage(Unit(0, 192, kernel: 3).As("pre_layers")),
        new Stage(Block.Chain(
            Inception(64, 96, 128, 16, 32, 32).As("a3"),
            Inception(128, 128, 192, 32, 96, 64).As("b3"),
            new MaxPool(3, 2, Padding: 1))),
        new Stage(Block.Chain(
            Inception(192, 96, 208, 16, 48, 64).As("a4"),
            Inception(160, 112, 224, 24, 64, 64).As("b4"),
            Inception(128, 128, 256, 24, 64, 64).As("c4"),
            Inception(112, 144, 288, 32, 64, 64).As("d4"),
            Inception(256, 160, 320, 32, 128, 128).As("e4"),
            new MaxPool(3, 2, Padding: 1))),
        new Stage(Block.Chain(
            Inception(256, 160, 320, 32, 128, 128).As("a5"),
            Inception(384, 192, 384, 48, 128, 128).As("b5"))),
        new GlobalAverage(),
        new FullyConnected(classes).As("linear"));

    private static Concatenation Inception(int one, int threeReduced, int three, int fiveReduced, int five, int pooled) => new(
    [
        Unit(0, one, kernel: 1).As("b1"),
        Block.Chain(Unit(0, threeReduced, kernel: 1), Unit(3, three, kernel: 3)).As("b2"),
        Block.Chain(Unit(0, fiveReduced, kernel: 1), Unit(3, five, kernel: 3), Unit(6, five, kernel: 3)).As("b3"),
        Block.Chain(new MaxPool(3, 1, Padding: 1), Unit(1, pooled, kernel: 1)).As("b4"),
    ]);

    // Convolution, norm and ReLU under three consecutive numbers.
    private static Sequence Unit(int index, int outputs, int kernel) => Block.Chain(
        Block.Conv2d(outputs, kernel, padding: kernel / 2, hasBias: true).As($"{index}"),
        new BatchNorm().As($"{index + 1}"),
        new Relu());
}
