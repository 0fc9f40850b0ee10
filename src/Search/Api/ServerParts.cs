using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Builder;

namespace Bitcurve.Search.Api;

/// <summary>What a server is made of besides HTTP; the caller owns all of it and outlives the server.</summary>
public sealed record ServerParts
{
    /// <summary>The searches and workers; asked for once, when the server starts.</summary>
    public required Func<IServiceProvider, ISearchService> Service { get; init; }

    public required FileArtifactStore Artifacts { get; init; }

    /// <summary>Completes when the store answers and throws when it does not.</summary>
    public required Func<CancellationToken, Task> AskStore { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Adds what the engine needs, e.g. a cluster's silo, and loggers; null for nothing.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}
