using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// VoxNet (Maturana and Scherer 2015; thesis 3.3.2, table 3.3): two convolutions over an occupancy grid, two linear layers. Names are those of its
/// common PyTorch version: <c>feat.conv3d_1</c>, <c>feat.conv3d_2</c>, <c>mlp.fc1</c>, <c>mlp.fc2</c>.
/// </summary>
internal static class VoxNet
{
    private const double Slope = 0.1;

    /// <param name="width">Channels of both convolutions; the published one has 32.</param>
    /// <param name="hidden">Outputs of the first linear layer; the published one has 128.</param>
    /// <param name="classes">K.</param>
    internal static Block Of(int width, int hidden, int classes) => Block.Chain(
        Block.Chain(
            new Stage(Block.Chain(
                Block.Conv3d(width, kernel: 5, stride: 2, hasBias: true).As("conv3d_1"),
                new LeakyRelu(Slope),
                new Dropout(0.2))),
            new Stage(Block.Chain(
                Block.Conv3d(width, kernel: 3, hasBias: true).As("conv3d_2"),
                new LeakyRelu(Slope),
                new MaxPool(2, 2),
                new Dropout(0.3)))).As("feat"),
        new Flatten(),
        Block.Chain(
            new FullyConnected(hidden).As("fc1"),
            new Relu(),
            new Dropout(0.4),
            new FullyConnected(classes).As("fc2")).As("mlp"));
}
