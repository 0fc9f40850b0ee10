using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Volumes;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Segmentation of rooms column by column: the 3D path of 3DMV (thesis 3.3.2).</summary>
internal static class ColumnSystems
{
    private const string Network = "3dmv";

    // Bytes 0, 1, 2 are the values -1, 0 and 1 (VolumeData.Columns).
    private static readonly Normalization Values = new([1.0 / 255, 1.0 / 255], [1.0 / 255, 1.0 / 255]);

    private static readonly IReadOnlyList<WorkloadData> Data =
    [
        new("rooms", "columns of generated rooms as a scan sees them, eight classes"),
        new("scannet", "the published scenes (SCENE/*_vh_clean_2.ply and labels), as columns of voxels", IsFolder: true),
    ];

    internal static IEnumerable<WorkloadFamily> Families =>
    [
        new()
        {
            Network = Network,
            Source = "thesis 3.3.2, Table 3.4",
            Summary = "names what each voxel of a column of a room belongs to (3DMV, 3D path)",
            Metric = Metric.Accuracy,
            Data = Data,
            Open = Content,
            Layers = scale => QuantizedLayer.AllOf(NetworkCatalogue.Describe(VolumeSystems.Scaled(Network, scale), Rooms.LabelNames.Count, VolumeData.ColumnShape)),
        },
    ];

    private static WorkloadContent Content(WorkloadScale scale, WorkloadDataChoice choice)
    {
        var isSmall = scale == WorkloadScale.Small;
        var problem = new ColumnSegmentation(
            () => choice.Folder is { } folder
                ? VolumeData.Columns(ScanNet.LoadColumns(folder, new ScanNetOptions()), [.. ScanNet.ColumnLabelNames.Skip(1)])
                : VolumeData.Columns(ColumnsDataset.Load(isSmall ? ColumnsOptions.Small : ColumnsOptions.Full), Rooms.LabelNames),
            data => NetworkCatalogue.Describe(VolumeSystems.Scaled(Network, scale), data.ClassNames.Count, data.Samples.Shape),
            Values);
        if (!isSmall)
        {
            return new(problem, SystemRecipes.Columns, SystemRecipes.FineTuning(SystemRecipes.Columns));
        }

        var small = SystemRecipes.Small(20, 32, 3e-3, SystemRecipes.Turned);
        return new(problem, small, SystemRecipes.SmallFineTuning(small, 3e-4));
    }
}
