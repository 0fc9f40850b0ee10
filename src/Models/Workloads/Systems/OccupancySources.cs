using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Training.Occupancy;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Data sets in the form that occupancy networks take.</summary>
internal static class OccupancySources
{
    // Names the order of the grid's points, which is the same for every shape.
    private const long GridOrderStream = 505;

    /// <summary>Shapes with part labels, as points.</summary>
    internal static OccupancyData Parts(WorkloadScale scale)
    {
        var splits = PartsDataset.Load(scale == WorkloadScale.Full ? PartsOptions.Full : PartsOptions.Small);
        return Of(splits, ShapeFamilies.PartLabels, sample =>
            new(sample.Surface, sample.SurfaceLabels, sample.Queries, sample.Occupancies, sample.QueryLabels, sample.Category, []));
    }

    /// <summary>The published data of occupancy networks: points without part labels.</summary>
    /// <exception cref="DataFormatException">A file is missing or breaks its format.</exception>
    internal static OccupancyData Npz(string folder)
    {
        var splits = OccupancyNpz.Load(folder, new OccupancyNpzOptions());
        return Of(splits, [.. splits.ClassNames.Select(_ => (IReadOnlyList<int>)[])], sample =>
            new(sample.Surface, [], sample.Queries, sample.Occupancies, [], sample.Category, []));
    }

    /// <summary>Rendered views of shapes; the queries are the middles of their voxels.</summary>
    internal static OccupancyData Views(WorkloadScale scale, int imageExtent)
    {
        // Most of a leg or a rim would fall between the middles of the small grid's voxels.
        var options = (scale == WorkloadScale.Full ? ViewsOptions.Full with { Margin = 0 } : ViewsOptions.Small) with { ImageSize = imageExtent };
        int[] order = [.. Enumerable.Range(0, options.Resolution * options.Resolution * options.Resolution)];
        new KeyedRandom(GridOrderStream, options.Resolution).Shuffle(order);
        var queries = Middles(order, options.Resolution);
        return Of(ViewsDataset.Load(options), [.. ShapeFamilies.Categories.Select(_ => (IReadOnlyList<int>)[])], sample =>
            new(sample.Surface, [], queries, Array.ConvertAll(order, voxel => sample.Voxels[voxel]), [], sample.Category, [sample.Image]));
    }

    private static OccupancyData Of<TSample>(SampleSplits<TSample> splits, IReadOnlyList<IReadOnlyList<int>> parts, Func<TSample, OccupancyShape> shapeOf)
        where TSample : ISample => new()
        {
            Train = [.. splits.Train.Select(shapeOf)],
            Validation = [.. splits.Validation.Select(shapeOf)],
            Test = [.. splits.Test.Select(shapeOf)],
            Categories = splits.ClassNames,
            PartsOfCategory = parts,
            ContentHash = splits.ContentHash,
        };

    private static float[] Middles(int[] order, int resolution)
    {
        var middles = new float[3 * order.Length];
        for (var k = 0; k < order.Length; k++)
        {
            var (rest, x) = Math.DivRem(order[k], resolution);
            var (z, y) = Math.DivRem(rest, resolution);
            VoxelGrid.Centre(z, y, x, resolution).CopyTo(middles, 3 * k);
        }

        return middles;
    }
}
