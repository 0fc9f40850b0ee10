using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// ConvNeXt-T (Liu et al. 2022): patches of 4x4, then blocks of a depthwise 7x7 convolution and two pointwise layers. Names are torchvision's;
/// its pointwise layers are fully connected ones over the channels, which is what 1x1 convolutions compute.
/// </summary>
internal static class ConvNeXt
{
    private const double Epsilon = 1e-6;
    private const double StochasticDepthRate = 0.1;
    private static readonly int[] Widths = [96, 192, 384, 768];
    private static readonly int[] Depths = [3, 3, 9, 3];

    internal static Block Of(int classes)
    {
        List<Block> features =
        [
            new Stage(Block.Chain(Block.Conv2d(Widths[0], kernel: 4, stride: 4, hasBias: true).As("0"), new LayerNorm(Epsilon).As("1")).As("0")),
        ];
        var (done, all) = (0, Depths.Sum());
        for (var stage = 0; stage < Widths.Length; stage++)
        {
            List<Block> parts = [];
            if (stage > 0)
            {
                parts.Add(Block.Chain(new LayerNorm(Epsilon).As("0"), Block.Conv2d(Widths[stage], kernel: 2, stride: 2, hasBias: true).As("1")).As($"{2 * stage}"));
            }

            List<Block> blocks = [];
            for (var b = 0; b < Depths[stage]; b++)
            {
                // From 0 in the first block to the full rate in the last.
                blocks.Add(Residual(Widths[stage], StochasticDepthRate * done++ / (all - 1.0)).As($"{b}"));
            }

            parts.Add(Block.Chain([.. blocks]).As($"{(2 * stage) + 1}"));
            features.Add(new Stage(Block.Chain([.. parts])));
        }

        return Block.Chain(
            Block.Chain([.. features]).As("features"),
            new GlobalAverage(),
            Block.Chain(new LayerNorm(Epsilon).As("0"), new FullyConnected(classes).As("2")).As("classifier"));
    }

    private static Residual Residual(int width, double dropped) => new(Block.Chain(
        Block.Chain(
            Block.Conv2d(width, kernel: 7, padding: 3, groups: width, hasBias: true).As("0"),
            new LayerNorm(Epsilon).As("2"),
            Block.Conv2d(4 * width, kernel: 1, hasBias: true).As("3"),
            new Gelu(),
            Block.Conv2d(width, kernel: 1, hasBias: true).As("5")).As("block"),
        new LayerScale(Epsilon),
        new StochasticDepth(dropped)));
}
