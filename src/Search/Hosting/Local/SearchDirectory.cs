using System.Collections.Concurrent;
using System.Text.Json;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>
/// The searches of one process: hosts of those that run, a note about each that has ended. A host is opened when first asked for and closed
/// when its search has ended and nobody has looked for a while. Thread-safe.
/// </summary>
internal sealed class SearchDirectory(
    ISearchStore store,
    IDocumentStore documents,
    Func<SearchDefinition, ISelectionStrategy> strategy,
    ServiceSettings settings,
    TimeProvider time) : IAsyncDisposable
{
    private const string EndedKind = "ended";

    private readonly ConcurrentDictionary<string, Task<SearchHost>> hosts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SearchHost> opened = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, EndedSearch> ended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> lastUse = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CachedSummary> summaries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CachedClaim> claims = new(StringComparer.Ordinal);

    private sealed record CachedClaim(SearchState State, ShareClaim? Claim);

    private sealed record CachedSummary(SearchState State, SearchSummary Summary);

    /// <summary>A search changed, after the change was journalled.</summary>
    internal event Action<SearchState>? Changed;

    /// <summary>Searches whose journal cannot be read, by id: what is wrong with each.</summary>
    internal ConcurrentDictionary<string, string> Unreadable { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens every search that has not ended. One that cannot be read keeps no other from running.</summary>
    internal async Task OpenAllAsync(CancellationToken cancellation)
    {
        foreach ((string id, string json) in await documents.ListAsync(EndedKind, cancellation))
        {
            ended[id] = JsonSerializer.Deserialize<EndedSearch>(json, SearchJson.Options)!;
        }

        foreach (string id in (await store.ListAsync(cancellation)).Where(id => !ended.ContainsKey(id)))
        {
            try
            {
                await HostAsync(id);
            }
            catch (InvalidDataException problem)
            {
                Unreadable[id] = problem.Message;
            }
        }
    }

    /// <summary>Stores a new search and opens it.</summary>
    internal async Task<SearchHost> CreateAsync(SearchDefinition definition, CancellationToken cancellation)
    {
        SearchHost host = await Journal.CreateAsync(store, definition, strategy(definition), time, settings.LeaseDuration, cancellation);
        hosts[definition.Id] = Task.FromResult(Watched(host));
        Raise(host.State);
        return host;
    }

    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    /// <exception cref="InvalidDataException">Its journal cannot be read.</exception>
    internal async Task<SearchHost> HostAsync(string id)
    {
        Task<SearchHost> opening = hosts.GetOrAdd(id, OpenAsync);
        try
        {
            SearchHost host = await opening;
            lastUse[id] = time.GetUtcNow();
            return host.Fault is null ? host : await ReopenAsync(id, opening, host);
        }
        catch
        {
            hosts.TryRemove(new(id, opening));
            throw;
        }
    }

    /// <summary>The claims of all searches that want workers.</summary>
    internal IEnumerable<ShareClaim> Claims() => RunningHosts().Select(host => ClaimOf(host.State)).OfType<ShareClaim>();

    /// <summary>Hosts that are open at present.</summary>
    internal IEnumerable<SearchHost> RunningHosts() => opened.Values;

    internal IEnumerable<SearchSummary> Summaries()
    {
        var open = RunningHosts().ToDictionary(host => host.State.Definition.Id, host => host.State);
        return open.Values.Select(SummaryOf).Concat(ended.Values.Select(note => note.Summary).Where(note => !open.ContainsKey(note.Id)));
    }

    internal IReadOnlySet<string> ReferencedArtifacts() => RunningHosts().SelectMany(host => host.State.ReferencedArtifacts())
        .Concat(ended.Values.SelectMany(note => note.Artifacts))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Notes what has ended, forgets the note of what goes on, and closes hosts that nobody has used for a while.</summary>
    internal async Task TidyAsync(CancellationToken cancellation)
    {
        foreach (SearchHost host in RunningHosts())
        {
            SearchState state = host.State;
            string id = state.Definition.Id;
            if (!state.HasEnded)
            {
                await ForgetNoteAsync(id, cancellation);
                continue;
            }

            await NoteAsync(state, cancellation);
            if (time.GetUtcNow() - lastUse.GetValueOrDefault(id) > settings.KeepEnded && hosts.TryRemove(id, out _))
            {
                await CloseAsync(id, host);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SearchHost host in RunningHosts())
        {
            await host.DisposeAsync();
        }
    }

    private SearchSummary SummaryOf(SearchState state)
    {
        string id = state.Definition.Id;
        if (summaries.TryGetValue(id, out CachedSummary? known) && ReferenceEquals(known.State, state))
        {
            return known.Summary;
        }

        var summary = SearchSummary.Of(state);
        summaries[id] = new CachedSummary(state, summary);
        return summary;
    }

    private ShareClaim? ClaimOf(SearchState state)
    {
        string id = state.Definition.Id;
        if (claims.TryGetValue(id, out CachedClaim? known) && ReferenceEquals(known.State, state))
        {
            return known.Claim;
        }

        ShareClaim? claim = ShareClaim.Of(state);
        claims[id] = new CachedClaim(state, claim);
        return claim;
    }

    private async Task<SearchHost> OpenAsync(string id)
    {
        SearchHost host = await Journal.OpenAsync(store, id, strategy, time, settings.LeaseDuration, CancellationToken.None)
            ?? throw new SearchNotFoundException(id);
        if (!host.State.HasEnded)
        {
            await host.ApplyAsync(now => new SearchEvent.Reopened(now, settings.LeaseDuration), CancellationToken.None);
        }

        return Watched(host);
    }

    /// <summary>Someone else appended to the journal: what this process knew is out of date.</summary>
    private async Task<SearchHost> ReopenAsync(string id, Task<SearchHost> faulted, SearchHost host)
    {
        if (hosts.TryRemove(new(id, faulted)))
        {
            await CloseAsync(id, host);
        }

        return await hosts.GetOrAdd(id, OpenAsync);
    }

    private async Task CloseAsync(string id, SearchHost host)
    {
        opened.TryRemove(new(id, host));
        lastUse.TryRemove(id, out _);
        claims.TryRemove(id, out _);
        summaries.TryRemove(id, out _);
        await host.DisposeAsync();
    }

    private SearchHost Watched(SearchHost host)
    {
        opened[host.State.Definition.Id] = host;
        host.SearchChanged += Raise;
        return host;
    }

    private void Raise(SearchState state) => Changed?.Invoke(state);

    private async Task NoteAsync(SearchState state, CancellationToken cancellation)
    {
        string id = state.Definition.Id;
        SearchSummary summary = SummaryOf(state);
        if (!ended.TryGetValue(id, out EndedSearch? known) || known.Summary != summary)
        {
            var note = new EndedSearch(summary, [.. state.ReferencedArtifacts().Order(StringComparer.Ordinal)]);
            await documents.PutAsync(EndedKind, id, JsonSerializer.Serialize(note, SearchJson.Options), cancellation);
            ended[id] = note;
        }
    }

    private async Task ForgetNoteAsync(string id, CancellationToken cancellation)
    {
        if (ended.ContainsKey(id))
        {
            await documents.DeleteAsync(EndedKind, id, cancellation);
            ended.TryRemove(id, out _);
        }
    }
}
