using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>
/// The 3D path of 3DMV (Dai and Niessner 2018; thesis 3.3.2, table 3.4): from occupied and known voxels around a column to a class for each voxel of the
/// column, K x Z. Each stage is a 4x3x3 convolution with stride 2 and two 1x1x1 ones. Names are the authors': <c>features3d.N</c>,
/// <c>classifier3d.N</c>.
/// </summary>
internal static class Dmv3d
{
    private const int StageLength = 10; // three times convolution, norm, ReLU; dropout

    /// <param name="widths">Channels of each stage; the published ones are 32, 64, 128.</param>
    /// <param name="hidden">Outputs of the first linear layer; the published one has 1024.</param>
    /// <param name="height">Z, voxels of the column.</param>
    /// <param name="classes">K.</param>
    internal static Block Of(IReadOnlyList<int> widths, int hidden, int height, int classes) => Block.Chain(
        Block.Chain([.. widths.Select((width, stage) => new Stage(StageOf(width, stage * StageLength)))]).As("features3d"),
        new Flatten(),
        Block.Chain(
            new FullyConnected(hidden).As("0"),
            new Relu(),
            new Dropout(0.5),
            new FullyConnected(classes * height).As("3")).As("classifier3d"),
        new Reshape([classes, height]));

    private static Sequence StageOf(int width, int first) => Block.Chain(
    [
        .. Unit(first, new Convolution(width, [4, 3, 3], [2, 2, 2], [0, 0, 0], HasBias: true)),
        .. Unit(first + 3, Block.Conv3d(width, kernel: 1, hasBias: true)),
        .. Unit(first + 6, Block.Conv3d(width, kernel: 1, hasBias: true)),
        new Dropout(0.2),
    ]);

    private static Block[] Unit(int number, Block convolution) => [convolution.As($"{number}"), new BatchNorm().As($"{number + 1}"), new Relu()];
}
