using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads.Systems;

namespace Bitcurve.Models.Workloads;

/// <summary>Every system that trains here.</summary>
public static class SystemCatalogue
{
    /// <summary>By the order in which the documents introduce them.</summary>
    public static readonly IReadOnlyList<WorkloadFamily> Families =
    [
        .. ImageSystems.Families,
        .. ClipSystems.Families,
        .. VolumeSystems.Families,
        .. ColumnSystems.Families,
        .. DistanceFieldSystems.Families,
        .. ReconstructionSystems.Families,
        .. SceneSystems.Families,
        .. OccupancySystems.Families,
        .. MeshSystems.Families,
    ];

    /// <summary>Whether a system has this network.</summary>
    public static bool Contains(string network) => Families.Any(family => family.Network == NetworkCatalogue.OwnName(network));

    /// <exception cref="ArgumentException">No system has this network; the message lists those there are.</exception>
    public static WorkloadFamily Find(string network)
    {
        var own = NetworkCatalogue.OwnName(network);
        return Families.FirstOrDefault(family => family.Network == own)
            ?? throw new ArgumentException($"unknown network '{network}': expected one of {string.Join(", ", Families.Select(family => family.Network))}");
    }
}
