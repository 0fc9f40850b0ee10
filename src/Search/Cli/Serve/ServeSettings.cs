namespace Bitcurve.Search.Cli.Serve;

/// <summary>What <c>bitcurve serve</c> was asked for, as given.</summary>
internal sealed record ServeSettings
{
    internal required string Data { get; init; }

    internal required string Listen { get; init; }

    internal string? TokenFile { get; init; }

    /// <summary><c>sqlite</c>, or a connection string for PostgreSQL.</summary>
    internal required string Store { get; init; }

    internal required double LeaseSeconds { get; init; }

    /// <summary><c>local</c> or <c>orleans</c>.</summary>
    internal required string Engine { get; init; }

    /// <summary>Folder for artifacts that several servers share; null for one within <see cref="Data"/>.</summary>
    internal string? Artifacts { get; init; }

    /// <summary>For the other servers of a cluster; 0 for any free one.</summary>
    internal int SiloPort { get; init; }

    /// <summary>0 for none.</summary>
    internal int GatewayPort { get; init; }

    /// <summary>Address at which other servers reach this one; null for the machine's own.</summary>
    internal string? Advertise { get; init; }

    /// <summary>Servers of one database that bear the same name are one cluster.</summary>
    internal string ClusterName { get; init; } = "bitcurve";
}
