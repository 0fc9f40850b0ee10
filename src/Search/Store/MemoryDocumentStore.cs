namespace Bitcurve.Search.Store;

/// <summary>Documents in memory, for tests and simulations: the contract without durability.</summary>
public sealed class MemoryDocumentStore : IDocumentStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Kind, string Id), string> documents = [];

    public Task<string?> FindAsync(string kind, string id, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult(documents.GetValueOrDefault((kind, id)));
        }
    }

    public Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([.. documents
                .Where(document => document.Key.Kind == kind)
                .Select(document => KeyValuePair.Create(document.Key.Id, document.Value))
                .OrderBy(document => document.Key, StringComparer.Ordinal)]);
        }
    }

    public Task PutAsync(string kind, string id, string json, CancellationToken cancellation)
    {
        lock (gate)
        {
            documents[(kind, id)] = json;
            return Task.CompletedTask;
        }
    }

    public Task<string> PutIfAbsentAsync(string kind, string id, string json, CancellationToken cancellation)
    {
        lock (gate)
        {
            documents.TryAdd((kind, id), json);
            return Task.FromResult(documents[(kind, id)]);
        }
    }

    public Task DeleteAsync(string kind, string id, CancellationToken cancellation)
    {
        lock (gate)
        {
            documents.Remove((kind, id));
            return Task.CompletedTask;
        }
    }
}
