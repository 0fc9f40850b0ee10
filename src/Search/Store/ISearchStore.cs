namespace Bitcurve.Search.Store;

/// <summary>A stored search.</summary>
/// <param name="Json">The snapshot as it was saved, to the byte.</param>
/// <param name="Etag">Names this version; opaque.</param>
public sealed record StoredSearch(string Json, string Etag);

/// <summary>
/// Snapshots of searches, one per id, with optimistic concurrency. Safe for concurrent callers.
/// </summary>
public interface ISearchStore
{
    /// <returns>Null when there is no search of this id.</returns>
    Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation);

    /// <summary>Durable when it returns: it survives the process being killed.</summary>
    /// <param name="id">Names the search.</param>
    /// <param name="json">The snapshot, kept to the byte.</param>
    /// <param name="expectedEtag">The version that is replaced; null when the search must not exist yet.</param>
    /// <param name="cancellation">Gives up before the write begins.</param>
    /// <returns>The new version's etag.</returns>
    /// <exception cref="ConcurrencyException">The stored version is another one; nothing is changed.</exception>
    /// <exception cref="StorageFullException">No space is left; nothing is changed.</exception>
    Task<string> SaveAsync(string id, string json, string? expectedEtag, CancellationToken cancellation);

    /// <summary>Ids of all stored searches, ascending by ordinal.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation);
}
