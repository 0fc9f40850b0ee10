using System.Net;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>Where a silo keeps its state and how others reach it.</summary>
public sealed record SiloSettings
{
    /// <summary>PostgreSQL, shared by all silos of the cluster; null for one silo with its own <see cref="SqliteFile"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Path, created where needed; null with a connection string.</summary>
    public string? SqliteFile { get; init; }

    /// <summary>For other silos; 0 for any free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>For clients of the cluster other than its silos; 0 for none, since every silo serves the HTTP interface.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Address at which other silos reach this one; null for this machine's own (of one machine: loopback).</summary>
    public IPAddress? Advertised { get; init; }

    /// <summary>Silos of one database that bear the same name are one cluster.</summary>
    public string ClusterName { get; init; } = "bitcurve";

    /// <exception cref="ArgumentException">A port is out of range, or there is not exactly one place for the state.</exception>
    public void Validate()
    {
        if (ConnectionString is null == SqliteFile is null)
        {
            throw new ArgumentException($"Silo: expected either a connection string or a file, actual {(SqliteFile is null ? "neither" : "both")}.");
        }

        foreach ((string name, int port) in ((string, int)[])[("Silo port", SiloPort), ("Gateway port", GatewayPort)])
        {
            if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
            {
                throw new ArgumentException($"{name}: expected {IPEndPoint.MinPort}..{IPEndPoint.MaxPort}, actual {port}.");
            }
        }
    }
}
