using System.Collections.Immutable;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>Stored: every search ever announced, and whether it has ended. Like all states never changed but replaced: it may be being written.</summary>
internal sealed class IndexedSearches
{
    public ImmutableDictionary<string, bool> HasEnded { get; init; } = ImmutableDictionary<string, bool>.Empty;
}

/// <summary>Stored: every worker that ever registered.</summary>
internal sealed class IndexedWorkers
{
    public ImmutableHashSet<string> Ids { get; init; } = [];
}

/// <summary>Stored: JSON of the workloads that workers offered, by name; the last one counts.</summary>
internal sealed class IndexedWorkloads
{
    public ImmutableDictionary<string, string> ByName { get; init; } = ImmutableDictionary<string, string>.Empty;
}
