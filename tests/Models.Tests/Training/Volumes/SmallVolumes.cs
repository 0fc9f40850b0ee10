using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Training.Volumes;

namespace Bitcurve.Models.Tests.Training.Volumes;

/// <summary>Grids of 6 x 6 x 6 voxels: a bar that lies, or a bar that stands, somewhere among noise.</summary>
internal static class SmallVolumes
{
    public const int Resolution = 6;

    public static DataSplits<LabelledVolumes> Bars(int train = 48) => new(Draw(Split.Train, train), Draw(Split.Validation, 20), Draw(Split.Test, 20), train / 2);

    /// <summary>Logits of two classes.</summary>
    public static Block Network => Block.Chain(
        Block.Conv3d(4, kernel: 3, hasBias: true).As("first"),
        new BatchNorm().As("norm"),
        new Relu(),
        Block.Conv3d(4, kernel: 3, hasBias: true).As("second"),
        new Relu(),
        new GlobalAverage(),
        new FullyConnected(2).As("classifier"));

    public static VolumeClassification Classification(int train = 48, Block? network = null) => new(
        () => Bars(train), data => new Blueprint("small", network ?? Network, data.Samples.Shape), null, VolumeSymmetry.AboutRows);

    private static LabelledVolumes Draw(Split split, int count)
    {
        int[] labels = [.. Enumerable.Range(0, count).Select(index => index % 2)];
        var grids = labels.Select((label, index) => Bar(label, new KeyedRandom(1, (long)split, index))).ToList();
        return new(new MemorySamples($"bars {split}", grids, [1, Resolution, Resolution, Resolution]), labels, ["lies", "stands"]);
    }

    // z, y, x with y up.
    private static byte[] Bar(int label, KeyedRandom random)
    {
        var grid = new byte[Resolution * Resolution * Resolution];
        var (first, second, lies) = (random.NextInt(Resolution), random.NextInt(Resolution), random.NextInt(2));
        for (var k = 0; k < Resolution; k++)
        {
            var (z, y, x) = label == 1 ? (first, k, second) : lies == 0 ? (k, first, second) : (first, second, k);
            grid[(((z * Resolution) + y) * Resolution) + x] = 1;
        }

        for (var k = 0; k < 6; k++)
        {
            grid[random.NextInt(grid.Length)] ^= 1;
        }

        return grid;
    }
}
