using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Training.DistanceFields;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Samples of data sets as problems over volumes take them.</summary>
internal static class VolumeData
{
    // A field is asked everywhere when its surface is looked for, so it must not be small where no query near the surface ever lies; there the
    // nearest of the surface's points tells the distance well enough.
    private const int FarShare = 4;
    private const long FarSeed = 801;

    /// <summary>Voxels of one resolution with their categories.</summary>
    internal static DataSplits<LabelledVolumes> Voxels(SampleSplits<SolidsSample> solids, int resolution) => Of(solids, (name, samples) => new LabelledVolumes(
        new MemorySamples(name, [.. samples.Select(sample => sample.Voxels)], [1, resolution, resolution, resolution]),
        [.. samples.Select(sample => sample.Category)],
        solids.ClassNames));

    /// <summary>Channels and extents of a column with its neighbourhood: 2 x Z x H x W.</summary>
    internal static IReadOnlyList<int> ColumnShape { get; } = [2, ColumnGrid.Height, ColumnGrid.Side, ColumnGrid.Side];

    /// <summary>Clips with their classes; those in files stay there.</summary>
    internal static DataSplits<LabelledVolumes> Clips(SampleSplits<ClipsSample> clips, int length, int size) => Of(clips, (name, samples) => new LabelledVolumes(
        new ReadSamples(name, samples.Count, [3, length, size, size], index => samples[index].Frames),
        [.. samples.Select(sample => sample.Motion)],
        clips.ClassNames));

    /// <summary>Columns of rooms; those in which nothing is labelled are left out. A byte is a value of the grid plus one.</summary>
    internal static DataSplits<LabelledColumns> Columns(SampleSplits<ColumnSample> columns, IReadOnlyList<string> classNames) => Of(columns, (name, samples) =>
    {
        List<ColumnSample> kept = [.. samples.Where(sample => sample.Labels.AsSpan().ContainsAnyExcept((byte)0))];
        return new LabelledColumns(
            new MemorySamples(name, [.. kept.Select(sample => Array.ConvertAll(sample.Grid, value => (byte)(value + 1)))], ColumnShape),
            [.. kept.Select(sample => Array.ConvertAll(sample.Labels, label => label == 0 ? LabelledColumns.Unlabelled : label - 1))],
            classNames);
    });

    /// <summary>Pictures with voxels.</summary>
    internal static DataSplits<ViewsOfVoxels> Views(SampleSplits<ViewsSample> views, int imageSize, int resolution) => Of(views, (name, samples) => new ViewsOfVoxels(
        new MemorySamples($"{name} images", [.. samples.Select(sample => sample.Image)], [3, imageSize, imageSize]),
        new MemorySamples($"{name} voxels", [.. samples.Select(sample => sample.Voxels)], [1, resolution, resolution, resolution])));

    /// <summary>Surfaces with distances.</summary>
    internal static DataSplits<FieldShapes> Distances(SampleSplits<DistancesSample> shapes, int resolution) => Of(shapes, (name, samples) =>
    {
        List<float[]> anywhere = [.. samples.Select((sample, index) => Anywhere(sample.Distances.Length / FarShare, new KeyedRandom(FarSeed, index)))];
        return new FieldShapes(
            new ReadSamples(name, samples.Count, [1, resolution, resolution, resolution], index => samples[index].Voxels),
            [.. samples.Zip(anywhere, (sample, far) => (float[])[.. sample.Queries, .. far])],
            [.. samples.Zip(anywhere, (sample, far) => (float[])[.. sample.Distances, .. new PointSearch(sample.Surface).Distances(PointSearch.Triples(far))])],
            [.. samples.Select(sample => sample.Surface)]);
    });

    // Fine-tuning uses half of the training samples: an epoch then costs a search half as much.
    private static DataSplits<T> Of<TSample, T>(SampleSplits<TSample> splits, Func<string, IReadOnlyList<TSample>, T> make)
        where TSample : ISample
    {
        T Make(Split split) => make($"{splits.Name} {split.ToString().ToLowerInvariant()}", splits[split]);
        return new(Make(Split.Train), Make(Split.Validation), Make(Split.Test), splits.Train.Count / 2);
    }

    private static float[] Anywhere(int count, KeyedRandom random) => [.. Enumerable.Range(0, 3 * count).Select(_ => (float)random.NextUniform(-0.5, 0.5))];
}
