using Bitcurve.Search.Store;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>Journals kept by grains in the cluster's storage. Safe for concurrent callers on any silo.</summary>
public sealed class GrainSearchStore(IGrainFactory grains, TimeProvider time) : ISearchStore
{
    private const int PagesAtOnce = 16;

    /// <inheritdoc/>
    public async Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation)
    {
        JournalSnapshot snapshot = await TryAsync(() => JournalOf(id).SnapshotAsync(), cancellation);
        IReadOnlyList<string> events = await ReadAsync(id, snapshot.Version, int.MaxValue, cancellation);
        return snapshot.Json is null && events.Count == 0 ? null : new StoredSearch(snapshot.Json, snapshot.Version, events);
    }

    /// <inheritdoc/>
    public async Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation)
    {
        if (expectedVersion == 0)
        {
            // First: no search may be stored that nobody knows.
            await TryAsync(() => Index.AnnounceAsync(id), cancellation);
        }

        Guid append = Guid.NewGuid();
        string[] texts = [.. events];
        AppendAnswer answer = await TryAsync(() => JournalOf(id).AppendAsync(expectedVersion, texts, append), cancellation);
        if (!answer.IsStored)
        {
            throw new ConcurrencyException(id, expectedVersion, answer.Version);
        }
    }

    /// <inheritdoc/>
    public async Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation)
    {
        try
        {
            // Tried once: a host that closes with its silo must not wait, and the journal has everything.
            await JournalOf(id).SaveSnapshotAsync(new JournalSnapshot(version, json)).WaitAsync(cancellation);
        }
        catch (Exception problem) when (GrainCalls.IsTransient(problem) && problem is not StoreUnavailableException)
        {
            throw new StoreUnavailableException($"Search {id}: expected to write its snapshot, actual {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation)
    {
        JournalTail tail = await TryAsync(() => JournalOf(id).TailAsync(), cancellation);
        long end = Math.Min(tail.Version, limit > tail.Version - after ? tail.Version : after + limit);
        var events = new List<string>();
        if (after < tail.Paged)
        {
            events.AddRange(await ReadPagesAsync(id, after, Math.Min(end, tail.Paged), cancellation));
        }

        long from = Math.Max(0, after - tail.Paged);
        events.AddRange(tail.Events.Skip((int)from).Take((int)Math.Max(0, end - tail.Paged - from)));
        return events;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation)
    {
        string[] announced = await TryAsync(() => Index.SearchesAsync(null, int.MaxValue), cancellation);
        var stored = new List<string>();
        foreach (string id in announced)
        {
            // One whose creator died between the announcement and the first event is none.
            if ((await TryAsync(() => JournalOf(id).TailAsync(), cancellation)).Version > 0)
            {
                stored.Add(id);
            }
        }

        return stored;
    }

    /// <summary>Events after <paramref name="after"/> up to <paramref name="end"/>, all in full pages.</summary>
    private async Task<IReadOnlyList<string>> ReadPagesAsync(string id, long after, long end, CancellationToken cancellation)
    {
        const int size = JournalGrain.PageSize;
        var events = new List<string>();
        for (long page = after / size; page * size < end; page += PagesAtOnce)
        {
            int count = (int)Math.Min(PagesAtOnce, ((end + size - 1) / size) - page);
            string[][] pages = await Task.WhenAll(Enumerable.Range(0, count).Select(offset => ReadPageAsync(id, page + offset, cancellation)));
            events.AddRange(pages.SelectMany(texts => texts));
        }

        return [.. events.Skip((int)(after % size)).Take((int)(end - after))];
    }

    private async Task<string[]> ReadPageAsync(string id, long page, CancellationToken cancellation)
    {
        string key = GrainKeys.Page(GrainKeys.Search(id), page);
        string[] events = await TryAsync(() => grains.GetGrain<IJournalPageGrain>(key).ReadAsync(), cancellation);
        return events.Length == JournalGrain.PageSize
            ? events
            : throw new InvalidDataException($"Journal page {key}: expected {JournalGrain.PageSize} events, actual {events.Length}.");
    }

    private IJournalGrain JournalOf(string id) => grains.GetGrain<IJournalGrain>(GrainKeys.Search(id));

    private IIndexGrain Index => grains.GetGrain<IIndexGrain>(GrainKeys.Index);

    private Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellation) => GrainCalls.RetryAsync(call, time, cancellation);

    private Task TryAsync(Func<Task> call, CancellationToken cancellation) => GrainCalls.RetryAsync(
        async () =>
        {
            await call();
            return true;
        },
        time,
        cancellation);
}
