using System.Collections.Concurrent;

namespace Bitcurve.Search.Store;

/// <summary>Documents in memory, for tests: the contract without durability.</summary>
public sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly ConcurrentDictionary<(string Kind, string Id), string> documents = new();

    public Task<string?> FindAsync(string kind, string id, CancellationToken cancellation) =>
        Task.FromResult(documents.GetValueOrDefault((kind, id)));

    public Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<KeyValuePair<string, string>>>(
        [
            .. documents.Where(document => document.Key.Kind == kind)
                .Select(document => KeyValuePair.Create(document.Key.Id, document.Value))
                .OrderBy(document => document.Key, StringComparer.Ordinal),
        ]);

    public Task PutAsync(string kind, string id, string json, CancellationToken cancellation)
    {
        documents[(kind, id)] = json;
        return Task.CompletedTask;
    }

    public Task<string> PutIfAbsentAsync(string kind, string id, string json, CancellationToken cancellation) =>
        Task.FromResult(documents.GetOrAdd((kind, id), json));

    public Task DeleteAsync(string kind, string id, CancellationToken cancellation)
    {
        documents.TryRemove((kind, id), out _);
        return Task.CompletedTask;
    }
}
