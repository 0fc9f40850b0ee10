namespace Bitcurve.Search.Hosting;

/// <summary>How a server treats its workers.</summary>
public sealed record ServiceSettings
{
    /// <summary>A worker that is silent for so long loses its job.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often workers are asked for a heartbeat: four may be lost before a lease is.</summary>
    public TimeSpan HeartbeatInterval => LeaseDuration / 5;

    /// <summary>How often leases and waiting retries are looked at: at most this late is a job given out anew.</summary>
    public TimeSpan ClockInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An ended search that nobody looks at leaves memory after this time.</summary>
    public TimeSpan KeepEnded { get; init; } = TimeSpan.FromMinutes(10);
}
