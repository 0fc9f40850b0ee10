using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// The encoder of neural distance fields (Chibane et al. 2020; thesis 3.3.3, table 3.5): eleven 3x3x3 convolutions over six scales, batch norm at the end of
/// each. Its features, which the decoder reads at query points, are the grid itself and each scale. Names are the authors': <c>conv_in</c>,
/// <c>conv_0</c>, <c>conv_0_1</c>, <c>conv0_1_bn</c>.
/// </summary>
internal static class NdfEncoder
{
    /// <param name="widths">Channels of each scale, the first of one convolution, the others of two; the published ones are 16, 32, 64, 128, 128, 128.</param>
    internal static Block Of(IReadOnlyList<int> widths)
    {
        List<Block> parts =
        [
            new FeatureTap(),
            new Stage(Block.Chain(Convolution(widths[0]).As("conv_in"), new Relu(), new BatchNorm().As("conv_in_bn"), new FeatureTap())),
        ];
        for (var scale = 1; scale < widths.Count; scale++)
        {
            var number = scale - 1;
            parts.Add(new Stage(Block.Chain(
                new MaxPool(2, 2),
                Convolution(widths[scale]).As($"conv_{number}"),
                new Relu(),
                Convolution(widths[scale]).As($"conv_{number}_1"),
                new Relu(),
                new BatchNorm().As($"conv{number}_1_bn"),
                new FeatureTap())));
        }

        return Block.Chain([.. parts]);
    }

    private static Convolution Convolution(int width) => Block.Conv3d(width, kernel: 3, padding: 1, hasBias: true);
}
