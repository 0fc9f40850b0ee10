using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.DistanceFields;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Neural unsigned distance fields, whose encoder can be quantised (thesis 3.3.3).</summary>
internal static class DistanceFieldSystems
{
    private const int Hidden = 512;
    private const int SmallHidden = 64;

    private static readonly IReadOnlyList<WorkloadData> Data = [new("solids", "sparse surface points of generated objects, with distances around them")];

    internal static IEnumerable<WorkloadFamily> Families =>
    [
        new()
        {
            Network = "ndf",
            Source = "thesis 3.3.3, Table 3.5",
            Summary = "learns the unsigned distance to a surface from a grid of a few of its points (NDF)",
            Metric = DistanceField.Chamfer,
            Data = Data,
            Open = (scale, _) => Content(scale),
            Layers = scale => DistanceField.LayersOf(NetworkCatalogue.Describe(VolumeSystems.Scaled("ndf-encoder", scale))),
        },
    ];

    private static WorkloadContent Content(WorkloadScale scale)
    {
        var isSmall = scale == WorkloadScale.Small;
        var encoder = NetworkCatalogue.Describe(VolumeSystems.Scaled("ndf-encoder", scale));
        var options = (isSmall ? DistancesOptions.Small : DistancesOptions.Full) with { Resolution = encoder.Input[1] };
        var problem = new DistanceField(
            () => VolumeData.Distances(DistancesDataset.Load(options), options.Resolution),
            encoder,
            isSmall ? SmallHidden : Hidden,
            isSmall ? DistanceFieldOptions.Small : new DistanceFieldOptions());
        if (!isSmall)
        {
            return new(problem, SystemRecipes.DistanceField, SystemRecipes.FineTuning(SystemRecipes.DistanceField));
        }

        var small = SystemRecipes.Small(5, 8, 3e-3, Augmentation.None);
        return new(problem, small, SystemRecipes.SmallFineTuning(small, 3e-4));
    }
}
