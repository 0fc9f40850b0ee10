using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Volumes;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Voxels from one picture, by four decoders with three kinds of convolution (seed 000).</summary>
internal static class ReconstructionSystems
{
    // Bytes become (byte / 255 - 0.5) / 0.25, as for other drawn images.
    private static readonly Normalization Normalization = new([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]);

    private static readonly IReadOnlyList<WorkloadData> Data = [new("views", "pictures of generated objects from random sides, with their voxels")];

    internal static IEnumerable<WorkloadFamily> Families =>
        from network in new[] { "rec6", "resrec6", "rec16", "resrec16" }
        from variant in new[] { "", "-pseudo3d", "-depthwise" }
        select new WorkloadFamily
        {
            Network = network + variant,
            Source = "seed 000, 3.3 and Tables 2 to 5",
            Summary = $"tells the voxels of an object from one picture, with {VolumeSystems.KindOf(variant)} convolutions",
            Metric = ViewReconstruction.IntersectionOverUnion,
            Data = Data,
            Open = (scale, _) => Content(network + variant, scale),
            Layers = scale => QuantizedLayer.AllOf(NetworkCatalogue.Describe(VolumeSystems.Scaled(network + variant, scale))),
        };

    private static WorkloadContent Content(string network, WorkloadScale scale)
    {
        var name = VolumeSystems.Scaled(network, scale);
        var isSmall = scale == WorkloadScale.Small;
        var blueprint = NetworkCatalogue.Describe(name);
        var options = (isSmall ? ViewsOptions.Small : ViewsOptions.Full) with { Resolution = blueprint.Top.Output[1] };
        if (isSmall)
        {
            options = options with { ImageSize = blueprint.Input[1] };
        }

        var problem = new ViewReconstruction(
            () => VolumeData.Views(ViewsDataset.Load(options), options.ImageSize, options.Resolution), _ => blueprint, Normalization);
        if (!isSmall)
        {
            return new(problem, SystemRecipes.Reconstruction, SystemRecipes.FineTuning(SystemRecipes.Reconstruction));
        }

        var small = SystemRecipes.Small(VolumeSystems.IsDepthwise(network) ? 20 : 7, 16, 2e-3, Augmentation.None);
        return new(problem, small, SystemRecipes.SmallFineTuning(small, 3e-4));
    }
}
