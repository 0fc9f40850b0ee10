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
}
