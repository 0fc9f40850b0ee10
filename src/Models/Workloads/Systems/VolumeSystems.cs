using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Volumes;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Classifiers of voxel grids: VoxNet, 3D ShapeNets, and VGG with three kinds of convolution.</summary>
internal static class VolumeSystems
{
    private static readonly IReadOnlyList<WorkloadData> Data =
    [
        new("solids", "voxels of generated objects of ten categories, cut, cluttered and noisy"),
        new("modelnet40", "the published meshes (CLASS/train/*.off, CLASS/test/*.off), as voxels", IsFolder: true),
        new("binvox", "voxels in CLASS/NAME.binvox or CLASS/NAME/*.binvox, e.g. of ShapeNet", IsFolder: true),
    ];

    internal static IEnumerable<WorkloadFamily> Families =>
    [
        Family("voxnet", "thesis 3.3.2, Table 3.3", "classifies voxels with two convolutions (VoxNet)"),
        Family("shapenets3d", "thesis 3.3.2, Table 3.3", "classifies voxels with three convolutions (3D ShapeNets)"),
        .. from depth in new[] { 13, 16, 19 }
           from variant in new[] { "", "-pseudo3d", "-depthwise" }
           select Family($"vgg{depth}-3d{variant}", "seed 000, 3.2 and Table 1", $"classifies voxels with VGG-{depth} of {KindOf(variant)} convolutions"),
    ];

    /// <summary>What <paramref name="variant"/> of a network's name stands for.</summary>
    internal static string KindOf(string variant) => variant switch
    {
        "-pseudo3d" => "pseudo-3D",
        "-depthwise" => "depthwise separable",
        _ => "standard",
    };

    /// <summary>Whether a network's convolutions are depthwise separable: these need some three times the epochs to learn as much.</summary>
    internal static bool IsDepthwise(string network) => network.EndsWith("-depthwise", StringComparison.Ordinal);

    private static WorkloadFamily Family(string network, string source, string summary) => new()
    {
        Network = network,
        Source = source,
        Summary = summary,
        Metric = Metric.Accuracy,
        Data = Data,
        Open = (scale, data) => Content(network, scale, data),
        Layers = scale => QuantizedLayer.AllOf(NetworkCatalogue.Describe(Scaled(network, scale))),
    };

    /// <summary>The catalogue's name of a network at a scale.</summary>
    internal static string Scaled(string network, WorkloadScale scale) =>
        scale == WorkloadScale.Small ? network + NetworkCatalogue.SmallSuffix : network;

    private static WorkloadContent Content(string network, WorkloadScale scale, WorkloadDataChoice choice)
    {
        var name = Scaled(network, scale);
        var resolution = NetworkCatalogue.Describe(name).Input[1];
        var problem = new VolumeClassification(
            () => Load(choice, scale, resolution),
            data => NetworkCatalogue.Describe(name, data.ClassNames.Count, data.Samples.Shape),
            normalization: null,
            VolumeSymmetry.AboutRows);
        var isDeep = network.StartsWith("vgg", StringComparison.Ordinal);
        if (scale == WorkloadScale.Small)
        {
            var small = isDeep ? SystemRecipes.Small(IsDepthwise(network) ? 12 : 4, 16, 2e-3, SystemRecipes.Turned) : SystemRecipes.Small(12, 32, 3e-3, SystemRecipes.Turned);
            return new(problem, small, SystemRecipes.SmallFineTuning(small, 3e-4));
        }

        var baseline = isDeep ? SystemRecipes.Vgg3d : SystemRecipes.VoxNet;
        return new(problem, baseline, SystemRecipes.FineTuning(baseline));
    }

    private static DataSplits<LabelledVolumes> Load(WorkloadDataChoice choice, WorkloadScale scale, int resolution)
    {
        var options = scale == WorkloadScale.Small ? SolidsOptions.Small : SolidsOptions.Full;
        return VolumeData.Voxels(
            choice switch
            {
                { Name: "modelnet40", Folder: { } folder } => ModelNet40.Load(folder, resolution),
                { Name: "binvox", Folder: { } folder } => BinvoxFolder.Load(folder, resolution),
                _ => SolidsDataset.Load(options with { Resolution = resolution }),
            },
            resolution);
    }
}
