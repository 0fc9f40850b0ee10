using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// Under which names the server tells what it does. Both cost next to nothing while nobody listens, and nobody's decision depends on them.
/// </summary>
public static class SearchTelemetry
{
    /// <summary>Of the server's spans and metrics.</summary>
    public const string Name = "Bitcurve.Search";

    /// <summary>Of a worker's spans and metrics.</summary>
    public const string WorkerName = "Bitcurve.Worker";

    /// <summary>What ASP.NET and the runtime measure of themselves, exported with our own.</summary>
    public static readonly IReadOnlyList<string> HostMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", RuntimeMeter];

    /// <summary>Memory, collections, threads and processor time of the process.</summary>
    public const string RuntimeMeter = "System.Runtime";

    /// <summary>One span for each request that the server answers.</summary>
    public const string RequestSource = "Microsoft.AspNetCore";

    internal static readonly ActivitySource Source = new(Name, Product.Version);

    internal static readonly Meter Meter = new(Name, Product.Version);
}
