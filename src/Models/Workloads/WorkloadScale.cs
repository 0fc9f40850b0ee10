namespace Bitcurve.Models.Workloads;

/// <summary>How large a system's network and data are.</summary>
public enum WorkloadScale
{
    /// <summary>As published.</summary>
    Full,

    /// <summary>The same parts, narrower and on smaller data: trains on two cores in minutes.</summary>
    Small,
}
