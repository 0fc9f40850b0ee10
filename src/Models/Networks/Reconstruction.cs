using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// Single-view reconstruction (Ye et al. 2018; seed 000, table 2): a residual network encodes an image as a vector, transposed convolutions grow it into a
/// grid, and pairs of 3x3x3 convolutions (Rec), with an identity around each pair (ResRec), refine it at every size. One logit of occupancy per
/// voxel. Names: <c>encoder.</c> and torchvision's of ResNet, <c>decoder.convtransS.0</c>, <c>decoder.convS.PAIR.N</c>.
/// </summary>
internal static class Reconstruction
{
    /// <summary>Where the parameters that seed 000's table 4 counts as the decoder's are.</summary>
    internal const string Decoder = "decoder";

    /// <param name="encoder">From an image to the code, named as a ResNet; its last layer is linear.</param>
    /// <param name="code">Elements of the code; the published one has 1024.</param>
    /// <param name="widths">Channels of each stage; the published ones are 256, 128, 64, 32. Its grids have 4, 8, 16, ... positions along each axis.</param>
    /// <param name="pairs">Pairs of convolutions in each stage.</param>
    /// <param name="isResidual">Whether the identity goes around each pair.</param>
    /// <param name="convolution">Of which kind.</param>
    internal static Block Of(Block encoder, int code, IReadOnlyList<int> widths, IReadOnlyList<int> pairs, bool isResidual, Convolution3d convolution)
    {
        List<Block> parts = [new Reshape([code, 1, 1, 1])];
        for (var stage = 0; stage < widths.Count; stage++)
        {
            List<Block> refined = [];
            for (var pair = 0; pair < pairs[stage]; pair++)
            {
                refined.Add(PairOf(widths[stage], isResidual, convolution).As($"{pair}"));
            }

            var grown = Block.Chain(Grow(widths[stage], isFirst: stage == 0).As("0"), new BatchNorm().As("1"), new Relu()).As($"convtrans{stage + 1}");
            parts.Add(new Stage(refined.Count == 0 ? grown : Block.Chain(grown, Block.Chain([.. refined]).As($"conv{stage + 1}"))));
        }

        return Block.Chain(
            encoder.As("encoder"),
            new Relu(),
            Block.Chain([.. parts, new Stage(Block.Conv3d(1, kernel: 1).As("output"))]).As(Decoder));
    }

    // The code is one position, of which a 4x4x4 kernel makes 4x4x4; after that each stage doubles the extents.
    private static TransposedConvolution Grow(int width, bool isFirst) =>
        isFirst ? new(width, [4, 4, 4], [1, 1, 1], [0, 0, 0]) : new(width, [2, 2, 2], [2, 2, 2], [0, 0, 0]);

    private static Block PairOf(int width, bool isResidual, Convolution3d convolution)
    {
        List<Block> parts = [.. convolution.Units(0, width, width), .. convolution.Units(convolution.Length, width, width)];

        // The last ReLU comes after the sum, as in residual blocks of images.
        return isResidual ? Block.Chain(new Residual(Block.Chain([.. parts.SkipLast(1)])), new Relu()) : Block.Chain([.. parts]);
    }
}
