using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>A search as one answer: its <see cref="SearchSummary"/>, and what it was asked for and has so far.</summary>
public sealed record SearchView
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string Workload { get; init; }

    public required string WorkloadHash { get; init; }

    public required SearchStatus State { get; init; }

    public required SearchPhase Phase { get; init; }

    public required JobCounts Jobs { get; init; }

    public required Budget Budget { get; init; }

    public required Spending Spent { get; init; }

    public required SharingSettings Sharing { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? BestBits { get; init; }

    public double? BestAccuracy { get; init; }

    public required SearchDefinition Definition { get; init; }

    public BaselineResult? Baseline { get; init; }

    /// <summary>Why the searching phase ended, or why the search failed; null before.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why nobody works on it although it runs; null while somebody can.</summary>
    public string? Notice { get; init; }

    /// <summary>Decisions made so far.</summary>
    public required int Decisions { get; init; }

    /// <summary>Networks tried so far.</summary>
    public required int Trials { get; init; }

    /// <summary>Events in the journal: it grows with every change.</summary>
    public required long Version { get; init; }

    /// <summary>The present view of a search.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    public static async Task<SearchView> ReadAsync(ISearchService service, string id, CancellationToken cancellation) =>
        Of(await service.ReadAsync(id, cancellation), await service.WorkersAsync(cancellation));

    private static SearchView Of(SearchHost.Journalled search, IEnumerable<WorkerStatus> workers)
    {
        SearchState state = search.State;
        SearchSummary summary = SearchSummary.Of(state);
        return new SearchView
        {
            Id = summary.Id,
            Name = summary.Name,
            Workload = summary.Workload,
            WorkloadHash = summary.WorkloadHash,
            State = summary.State,
            Phase = summary.Phase,
            Jobs = summary.Jobs,
            Budget = summary.Budget,
            Spent = summary.Spent,
            Sharing = summary.Sharing,
            CreatedAt = summary.CreatedAt,
            BestBits = summary.BestBits,
            BestAccuracy = summary.BestAccuracy,
            Definition = state.Definition,
            Baseline = state.Baseline,
            EndReason = state.EndReason,
            Notice = WorkerNotice.Of(summary, workers),
            Decisions = state.Decisions.Count,
            Trials = state.Trials.Count,
            Version = search.Version,
        };
    }
}
