namespace Bitcurve.Search.Store;

/// <summary>A stored search: its newest snapshot, and what happened after it.</summary>
/// <param name="Snapshot">The state after <paramref name="SnapshotVersion"/> events, JSON to the byte as it was saved; null before the first snapshot.</param>
/// <param name="SnapshotVersion">Events that the snapshot contains, 0 without one.</param>
/// <param name="Events">Every later event in order, JSON to the byte as it was appended.</param>
public sealed record StoredSearch(string? Snapshot, long SnapshotVersion, IReadOnlyList<string> Events)
{
    /// <summary>Events in all.</summary>
    public long Version => SnapshotVersion + Events.Count;
}

/// <summary>
/// The journals of searches: for each id a growing list of events, and a snapshot that shortens the way to the present state. Events count
/// from 1. Safe for concurrent callers, also in several processes.
/// </summary>
public interface ISearchStore
{
    /// <returns>Null when there is no search of this id.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot be reached at present.</exception>
    Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// Appends events, all or none; durable when it returns: they survive the process being killed. A connection that breaks meanwhile is
    /// no answer: the store finds out whether the events are there, and goes on trying until it is cancelled.
    /// </summary>
    /// <param name="id">Names the search.</param>
    /// <param name="expectedVersion">Events stored before these; 0 when the search must not exist yet.</param>
    /// <param name="events">At least one, kept to the byte.</param>
    /// <param name="cancellation">Gives up; the events may or may not have been stored.</param>
    /// <exception cref="ConcurrencyException">Another number of events is stored: someone else appended. Nothing is changed.</exception>
    /// <exception cref="StorageFullException">No space is left; nothing is changed.</exception>
    Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation);

    /// <summary>Replaces the snapshot by a newer one; an older one than is stored is ignored. The events stay.</summary>
    /// <param name="id">A search that has events.</param>
    /// <param name="version">Events that it contains, at most as many as are stored.</param>
    /// <param name="json">Kept to the byte.</param>
    /// <param name="cancellation">Gives up before the write begins.</param>
    Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation);

    /// <summary>Events after the first <paramref name="after"/>, at most <paramref name="limit"/>, in order; empty for an unknown search.</summary>
    Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation);

    /// <summary>Ids of all stored searches, ascending by ordinal.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation);
}
