using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>
/// One event of a search for whoever watches it. What it says of the search (state, jobs, spending, best network) holds when it is sent,
/// which for events of the past is later than when they happened.
/// </summary>
/// <param name="Version">The event's place in the journal, from 1.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What happened, as in the journal.</param>
/// <param name="JobId">The job that it concerns, null where it concerns none.</param>
/// <param name="WorkerId">The worker that it concerns, null where it names none.</param>
/// <param name="EpochsDone">How far the job is, where the event says so.</param>
/// <param name="State">Of the search.</param>
/// <param name="Phase">Of the search.</param>
/// <param name="Jobs">Of the search.</param>
/// <param name="Spent">By the search.</param>
/// <param name="BestBits">Best measured network, null before the first.</param>
/// <param name="BestAccuracy">Its metric.</param>
public sealed record EventSummary(
    long Version,
    DateTimeOffset At,
    string Kind,
    int? JobId,
    string? WorkerId,
    int? EpochsDone,
    SearchStatus State,
    SearchPhase Phase,
    JobCounts Jobs,
    Spending Spent,
    string? BestBits,
    double? BestAccuracy)
{
    internal static EventSummary Of(JournalEntry entry, SearchState state)
    {
        SearchEvent happened = entry.Event;
        SearchSummary search = SearchSummary.Of(state);
        return new EventSummary(
            entry.Version,
            happened.At,
            KindOf(happened),
            JobOf(happened),
            WorkerOf(happened),
            (happened as SearchEvent.Heartbeat)?.Progress.EpochsDone,
            search.State,
            search.Phase,
            search.Jobs,
            search.Spent,
            search.BestBits,
            search.BestAccuracy);
    }

    // The names of the journal's kinds are those of the types in camel case.
    private static string KindOf(SearchEvent happened) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name);

    private static int? JobOf(SearchEvent happened) => happened switch
    {
        SearchEvent.Heartbeat beat => beat.JobId,
        SearchEvent.Reported reported => reported.JobId,
        SearchEvent.Released released => released.JobId,
        _ => null,
    };

    private static string? WorkerOf(SearchEvent happened) => happened switch
    {
        SearchEvent.Leased leased => leased.WorkerId,
        SearchEvent.WorkerLost lost => lost.WorkerId,
        _ => null,
    };
}
