using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// R3D-18 (Tran et al. 2018; thesis 3.3.1, table 3.1): the 18-layer residual network with three axes, for clips. Names are those of torchvision's
/// <c>r3d_18</c>: <c>stem.0</c>, <c>layerS.B.conv1.0</c>, <c>layerS.B.downsample.0</c>, <c>fc</c>. The shortcuts take the bits of their block's first
/// convolution, so that the thesis writes 17 bit-widths for 20 convolutions.
/// </summary>
internal static class R3d
{
    /// <param name="widths">Channels of each stage; the stem has the first stage's.</param>
    /// <param name="blocks">Blocks in each stage.</param>
    /// <param name="classes">K.</param>
    internal static Block Of(IReadOnlyList<int> widths, int blocks, int classes)
    {
        var stem = new Convolution(widths[0], [3, 7, 7], [1, 2, 2], [1, 3, 3]);
        List<Block> parts = [new Stage(Block.Chain(stem.As("0"), new BatchNorm().As("1"), new Relu()).As("stem"))];
        var channels = widths[0];
        for (var stage = 0; stage < widths.Count; stage++)
        {
            List<Block> layer = [];
            for (var b = 0; b < blocks; b++)
            {
                layer.Add(BlockOf(channels, widths[stage], stride: stage > 0 && b == 0 ? 2 : 1).As($"{b}"));
                channels = widths[stage];
            }

            parts.Add(new Stage(Block.Chain([.. layer]).As($"layer{stage + 1}")));
        }

        return Block.Chain([.. parts, new GlobalAverage(), new FullyConnected(classes).As("fc")]);
    }

    private static Sequence BlockOf(int inputs, int outputs, int stride)
    {
        var body = Block.Chain(
            Block.Chain(Block.Conv3d(outputs, kernel: 3, stride, padding: 1).As("0"), new BatchNorm().As("1"), new Relu()).As("conv1"),
            Block.Chain(Block.Conv3d(outputs, kernel: 3, padding: 1).As("0"), new BatchNorm().As("1")).As("conv2"));
        var shortcut = stride == 1 && inputs == outputs
            ? null
            : Block.Chain(Block.Conv3d(outputs, kernel: 1, stride).As("0"), new BatchNorm().As("1")).As("downsample");
        return Block.Chain(new Residual(body, shortcut, ShortcutSharesBits: true), new Relu());
    }
}
