namespace Bitcurve.Search.Store;

/// <summary>Journals in memory, for tests and simulations: the contract without durability.</summary>
public sealed class MemorySearchStore : ISearchStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Entry> searches = new(StringComparer.Ordinal);

    private sealed class Entry
    {
        internal List<string> Events { get; } = [];

        internal string? Snapshot { get; set; }

        internal long SnapshotVersion { get; set; }
    }

    public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult(searches.TryGetValue(id, out Entry? entry)
                ? new StoredSearch(entry.Snapshot, entry.SnapshotVersion, [.. entry.Events.Skip((int)entry.SnapshotVersion)])
                : null);
        }
    }

    public Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation)
    {
        lock (gate)
        {
            Entry? entry = searches.GetValueOrDefault(id);
            if ((entry?.Events.Count ?? 0) != expectedVersion)
            {
                throw new ConcurrencyException(id, expectedVersion, entry?.Events.Count ?? 0);
            }

            (entry ?? (searches[id] = new Entry())).Events.AddRange(events);
            return Task.CompletedTask;
        }
    }

    public Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation)
    {
        lock (gate)
        {
            Entry entry = searches[id];
            if (version > entry.SnapshotVersion)
            {
                (entry.Snapshot, entry.SnapshotVersion) = (json, version);
            }

            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<string>>(
                searches.TryGetValue(id, out Entry? entry) ? [.. entry.Events.Skip((int)after).Take(limit)] : []);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. searches.Keys]);
        }
    }
}
