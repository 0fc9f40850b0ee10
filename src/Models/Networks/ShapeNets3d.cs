using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// 3D ShapeNets (Wu et al. 2015; thesis 3.3.2, table 3.3) as a feed-forward classifier: three convolutions and three linear layers. Without padding
/// grids of 30 and of 32 positions alike become 2 x 2 x 2, as the thesis says. Names: <c>conv1</c>..<c>conv3</c>, <c>fc1</c>..<c>fc3</c>.
/// </summary>
internal static class ShapeNets3d
{
    private const double Dropped = 0.5;

    /// <param name="widths">Channels of the convolutions; the published ones are 48, 160, 512.</param>
    /// <param name="hidden">Outputs of the first two linear layers; the published ones are 1200, 4000.</param>
    /// <param name="classes">K.</param>
    internal static Block Of(IReadOnlyList<int> widths, IReadOnlyList<int> hidden, int classes) => Block.Chain(
        new Stage(Block.Chain(Block.Conv3d(widths[0], kernel: 6, stride: 2, hasBias: true).As("conv1"), new Relu())),
        new Stage(Block.Chain(Block.Conv3d(widths[1], kernel: 5, stride: 2, hasBias: true).As("conv2"), new Relu())),
        new Stage(Block.Chain(Block.Conv3d(widths[2], kernel: 4, hasBias: true).As("conv3"), new Relu())),
        new Flatten(),
        new FullyConnected(hidden[0]).As("fc1"),
        new Relu(),
        new Dropout(Dropped),
        new FullyConnected(hidden[1]).As("fc2"),
        new Relu(),
        new Dropout(Dropped),
        new FullyConnected(classes).As("fc3"));
}
