namespace Bitcurve.Models.Workloads;

/// <summary>Every system that trains here.</summary>
public static class SystemCatalogue
{
    /// <summary>By the order in which the documents introduce them.</summary>
    public static readonly IReadOnlyList<WorkloadFamily> Families =
    [
    ];
}
