using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Training.DistanceFields;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Samples of data sets as problems over volumes take them.</summary>
internal static class VolumeData
{
    /// <summary>Voxels of one resolution with their categories.</summary>
    internal static DataSplits<LabelledVolumes> Voxels(SampleSplits<SolidsSample> solids, int resolution) => Of(solids, (name, samples) => new LabelledVolumes(
        new MemorySamples(name, [.. samples.Select(sample => sample.Voxels)], [1, resolution, resolution, resolution]),
        [.. samples.Select(sample => sample.Category)],
        solids.ClassNames));

    /// <summary>Pictures with voxels.</summary>
    internal static DataSplits<ViewsOfVoxels> Views(SampleSplits<ViewsSample> views, int imageSize, int resolution) => Of(views, (name, samples) => new ViewsOfVoxels(
        new MemorySamples($"{name} images", [.. samples.Select(sample => sample.Image)], [3, imageSize, imageSize]),
        new MemorySamples($"{name} voxels", [.. samples.Select(sample => sample.Voxels)], [1, resolution, resolution, resolution])));

    /// <summary>Surfaces with distances.</summary>
    internal static DataSplits<FieldShapes> Distances(SampleSplits<DistancesSample> shapes, int resolution) => Of(shapes, (name, samples) => new FieldShapes(
        new MemorySamples(name, [.. samples.Select(sample => sample.Voxels)], [1, resolution, resolution, resolution]),
        [.. samples.Select(sample => sample.Queries)],
        [.. samples.Select(sample => sample.Distances)],
        [.. samples.Select(sample => sample.Surface)]));

    // Fine-tuning uses half of the training samples: an epoch then costs a search half as much.
    private static DataSplits<T> Of<TSample, T>(SampleSplits<TSample> splits, Func<string, IReadOnlyList<TSample>, T> make)
        where TSample : ISample
    {
        T Make(Split split) => make($"{splits.Name} {split.ToString().ToLowerInvariant()}", splits[split]);
        return new(Make(Split.Train), Make(Split.Validation), Make(Split.Test), Math.Max(1, splits.Train.Count / 2));
    }
}
