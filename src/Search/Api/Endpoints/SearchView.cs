using System.Diagnostics.CodeAnalysis;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>A search as one answer: its <see cref="SearchSummary"/>, and what it was asked for and has so far.</summary>
public sealed record SearchView : SearchSummary
{
    [SetsRequiredMembers]
    private SearchView(SearchHost.Journalled search, SearchSummary summary)
        : base(summary)
    {
        SearchState state = search.State;
        Definition = state.Definition;
        Baseline = state.Baseline;
        EndReason = state.EndReason;
        Decisions = state.Decisions.Count;
        Trials = state.Trials.Count;
        Version = search.Version;
    }

    public required SearchDefinition Definition { get; init; }

    public BaselineResult? Baseline { get; init; }

    /// <summary>Why the searching phase ended, or why the search failed; null before.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why nothing new is trained although it runs; null while all is well.</summary>
    public string? Notice { get; init; }

    /// <summary>When it will be done; null while that is unknown, when it is paused, and after its end.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>Decisions made so far.</summary>
    public required int Decisions { get; init; }

    /// <summary>Networks tried so far.</summary>
    public required int Trials { get; init; }

    /// <summary>Events in the journal: it grows with every change.</summary>
    public required long Version { get; init; }

    /// <summary>The present view of a search.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    public static async Task<SearchView> ReadAsync(ISearchService service, string id, DateTimeOffset now, CancellationToken cancellation) =>
        Of(await service.ReadAsync(id, cancellation), await service.WorkersAsync(cancellation), now);

    private static SearchView Of(SearchHost.Journalled search, IReadOnlyList<WorkerStatus> workers, DateTimeOffset now)
    {
        var summary = SearchSummary.Of(search.State);
        string? notice = search.Trouble is string trouble ? $"The strategy failed: {trouble}" : WorkerNotice.Of(summary, workers);
        IEnumerable<WorkerStatus> able = workers.Where(
            worker => worker.State == WorkerState.Online && worker.WorkloadHashes.Contains(summary.WorkloadHash));
        return new SearchView(search, summary)
        {
            Notice = notice,
            Forecast = Forecast.Of(search.State, [.. able.Select(worker => worker.DeviceKind)], now),
        };
    }
}
