namespace Bitcurve.Search.Store;

/// <summary>
/// Small JSON documents by kind and id: workers, workloads, idempotency keys. The last writer wins. Safe for concurrent callers, also in
/// several processes.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Null when there is none.</summary>
    Task<string?> FindAsync(string kind, string id, CancellationToken cancellation);

    /// <summary>All documents of a kind by id, ascending by ordinal.</summary>
    Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, CancellationToken cancellation);

    /// <summary>Stores or replaces; durable when it returns.</summary>
    Task PutAsync(string kind, string id, string json, CancellationToken cancellation);

    /// <summary>Stores unless one is there: of several callers exactly one does. Returns what is stored then, the caller's or the earlier one.</summary>
    Task<string> PutIfAbsentAsync(string kind, string id, string json, CancellationToken cancellation);

    /// <summary>Does nothing when there is none.</summary>
    Task DeleteAsync(string kind, string id, CancellationToken cancellation);
}
