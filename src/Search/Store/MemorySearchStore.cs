using System.Collections.Concurrent;

namespace Bitcurve.Search.Store;

/// <summary>Keeps searches as long as the process lives: for tests and trial runs.</summary>
public sealed class MemorySearchStore : ISearchStore
{
    private readonly ConcurrentDictionary<string, StoredSearch> searches = new();
    private readonly Lock gate = new();
    private long version;

    public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => Task.FromResult(searches.GetValueOrDefault(id));

    public Task<string> SaveAsync(string id, string json, string? expectedEtag, CancellationToken cancellation)
    {
        lock (gate)
        {
            string? actual = searches.GetValueOrDefault(id)?.Etag;
            if (actual != expectedEtag)
            {
                throw new ConcurrencyException(id, expectedEtag, actual);
            }

            string etag = (++version).ToString();
            searches[id] = new StoredSearch(json, etag);
            return Task.FromResult(etag);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. searches.Keys.Order(StringComparer.Ordinal)]);
}
