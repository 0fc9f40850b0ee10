using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Volumes;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Classifiers of video clips: R3D-18 (thesis 3.3.1).</summary>
internal static class ClipSystems
{
    private const string Network = "r3d-18";

    // Bytes become (byte / 255 - 0.5) / 0.25, as for other drawn images.
    private static readonly Normalization DrawnClips = new([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]);

    private static readonly IReadOnlyList<WorkloadData> Data =
    [
        new("clips", "clips of a generated shape, ten kinds of motion"),
        new("clip-shards", "shards that samples/clip_shards.py makes of folders of frames, e.g. of Kinetics", IsFolder: true),
    ];

    internal static IEnumerable<WorkloadFamily> Families =>
    [
        new()
        {
            Network = Network,
            Source = "thesis 3.3.1, Table 3.2",
            Summary = "tells what happens in a video clip (R3D-18)",
            Metric = Metric.Accuracy,
            Data = Data,
            Open = Content,
            Layers = scale => QuantizedLayer.AllOf(NetworkCatalogue.Describe(VolumeSystems.Scaled(Network, scale))),
        },
    ];

    private static WorkloadContent Content(WorkloadScale scale, WorkloadDataChoice choice)
    {
        var isSmall = scale == WorkloadScale.Small;
        var options = isSmall ? ClipsOptions.Small : ClipsOptions.Full;
        var problem = new VolumeClassification(
            () => VolumeData.Clips(
                choice.Folder is { } folder ? ClipShards.Load(folder, options.Length, options.Size) : ClipsDataset.Load(options), options.Length, options.Size),
            data => NetworkCatalogue.Describe(VolumeSystems.Scaled(Network, scale), data.ClassNames.Count, data.Samples.Shape),
            DrawnClips,
            VolumeSymmetry.MirrorsColumns(choice.Folder is null ? Mirrored : null));
        if (!isSmall)
        {
            return new(problem, SystemRecipes.R3d, SystemRecipes.FineTuning(SystemRecipes.R3d));
        }

        var small = SystemRecipes.Small(7, 16, 1e-3, SystemRecipes.Turned);
        return new(problem, small, SystemRecipes.SmallFineTuning(small, 3e-4));
    }

    // What a motion is called in a mirror.
    private static IReadOnlyList<int> Mirrored => [.. Enum.GetValues<ClipMotion>().Select(motion => (int)(motion switch
    {
        ClipMotion.Left => ClipMotion.Right,
        ClipMotion.Right => ClipMotion.Left,
        ClipMotion.Clockwise => ClipMotion.Anticlockwise,
        ClipMotion.Anticlockwise => ClipMotion.Clockwise,
        _ => motion,
    }))];
}
