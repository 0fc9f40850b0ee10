using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting;

/// <summary>Opens hosts on stored journals.</summary>
public static class Journal
{
    /// <summary>The present state of a stored search, null when there is none.</summary>
    /// <exception cref="InvalidDataException">What is stored is no search of this version.</exception>
    public static async Task<SearchHost.Journalled?> ReadAsync(ISearchStore store, string id, CancellationToken cancellation) =>
        await store.LoadAsync(id, cancellation) is StoredSearch stored ? Fold(stored) : null;

    /// <summary>Stores a new search and hosts it.</summary>
    /// <exception cref="ArgumentException">The definition contradicts itself.</exception>
    /// <exception cref="ConcurrencyException">A search of this id exists.</exception>
    public static async Task<SearchHost> CreateAsync(
        ISearchStore store, SearchDefinition definition, ISelectionStrategy strategy, TimeProvider time, TimeSpan leaseDuration,
        CancellationToken cancellation)
    {
        SearchEvent created = new SearchEvent.Created(time.GetUtcNow(), definition);
        (SearchState state, _) = EventTransitions.Apply(null, created);
        string json = SearchJson.Serialize(created);
        await store.AppendAsync(definition.Id, 0, [json], cancellation);
        return new SearchHost(
            store, strategy, time, leaseDuration, new(state, 1), new SnapshotWriter(store, definition.Id, 0, json.Length), queuedSince: created.At);
    }

    /// <summary>Hosts a stored search; null when there is none. The caller must be its only host.</summary>
    /// <exception cref="InvalidDataException">What is stored is no search of this version.</exception>
    public static async Task<SearchHost?> OpenAsync(
        ISearchStore store, string id, Func<SearchDefinition, ISelectionStrategy> strategy, TimeProvider time, TimeSpan leaseDuration,
        CancellationToken cancellation)
    {
        if (await store.LoadAsync(id, cancellation) is not StoredSearch stored)
        {
            return null;
        }

        SearchHost.Journalled opened = Fold(stored);
        var snapshots = new SnapshotWriter(store, id, stored.SnapshotVersion, stored.Events.Sum(json => (long)json.Length));
        return new SearchHost(store, strategy(opened.State.Definition), time, leaseDuration, opened, snapshots);
    }

    /// <summary>Everything that ever happened to a search, in order; empty for an unknown one.</summary>
    public static async IAsyncEnumerable<JournalEntry> EntriesAsync(
        ISearchStore store, string id, long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const int page = 256;
        IReadOnlyList<string> events;
        do
        {
            events = await store.ReadAsync(id, after, page, cancellation);
            foreach (string json in events)
            {
                yield return new JournalEntry(++after, SearchJson.DeserializeEvent(json));
            }
        }
        while (events.Count == page);
    }

    private static SearchHost.Journalled Fold(StoredSearch stored)
    {
        SearchState? state = stored.Snapshot is null ? null : SearchJson.Deserialize(stored.Snapshot);
        foreach (string json in stored.Events)
        {
            (state, _) = state.Apply(SearchJson.DeserializeEvent(json));
        }

        return new SearchHost.Journalled(state ?? throw new InvalidDataException("Stored search: expected events, actual none."), stored.Version);
    }
}
