using System.Text.Json;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>What happens to a search, in lines for a person. Begins where the search stands; not thread-safe.</summary>
internal sealed class WatchLines(JsonElement view)
{
    // The baseline's many epochs would drown the rest.
    private const int EpochsPerLine = 5;

    private readonly CurveSubject subject = SearchText.Subject(view);
    private SearchSummary search = SearchText.Summary(view);
    private string? timeLeft;
    private int baselineEpochs;

    /// <summary>The last decision that was told, or was there before.</summary>
    internal int Decisions { get; private set; } = view.GetProperty("decisions").GetInt32();

    /// <summary>The search at its end.</summary>
    internal static string Ending(JsonElement view)
    {
        var search = SearchText.Summary(view);
        return $"{SearchText.State(search.State)}{SearchText.Reason(view)}\nbest {SearchText.Best(search)}";
    }

    /// <summary>Takes note of what only the search itself tells: its budget, and how long it will take.</summary>
    internal void Update(JsonElement changed)
    {
        search = search with { Budget = SearchText.Summary(changed).Budget };
        timeLeft = SearchText.TimeLeft(changed);
    }

    /// <summary>What is worth telling of an event: nothing of most, a line for each decision, and one for the phase that it began.</summary>
    /// <param name="now">The event.</param>
    /// <param name="decisions">Those made since the last that was told.</param>
    internal IEnumerable<string> Of(EventSummary now, IReadOnlyList<Decision> decisions)
    {
        var before = search;
        search = before with
        {
            State = now.State,
            Phase = now.Phase,
            Jobs = now.Jobs,
            Spent = now.Spent,
            BestBits = now.BestBits,
            BestAccuracy = now.BestAccuracy,
        };
        var time = now.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var decision in decisions)
        {
            Decisions = decision.Id;
            yield return $"{time}  decision {decision.Id}: {SearchText.Decided(decision, subject, search.Words)}";
        }

        if (Happened(now, before) is { } text)
        {
            yield return $"{time}  {text}";
        }

        if (now.Phase != before.Phase && now.State is SearchStatus.Running or SearchStatus.Paused)
        {
            yield return $"{time}  {SearchText.Phase(now.Phase)}";
        }
    }

    private string? Happened(EventSummary now, SearchSummary before) => now.Kind switch
    {
        "heartbeat" when now is { Phase: SearchPhase.Baseline, EpochsDone: int epochs } => BaselineEpoch(epochs),
        "reported" => $"job {now.JobId} reported: {Standing()}{(timeLeft is null ? "" : $", {timeLeft}")}{NewBest(before)}",
        "released" => $"job {now.JobId} handed back by its worker, to be done by another: {Standing()}",
        "workerLost" => $"worker {now.WorkerId} is gone, its job is to be done by another: {Standing()}",
        "expired" => $"a worker fell silent, its job is to be done by another: {Standing()}",
        "reopened" => "the server is back",
        "paused" => "paused: running jobs end, no others start",
        "resumed" => "resumed",
        "toppedUp" => $"budget raised: {Standing()}",
        "extended" => $"extended: {Standing()}",
        _ => null,
    };

    private string? BaselineEpoch(int epochs)
    {
        if (epochs == baselineEpochs || epochs % EpochsPerLine != 0)
        {
            return null;
        }

        baselineEpochs = epochs;
        return $"FP32 baseline: {epochs} epochs trained";
    }

    private string Standing() => $"{Jobs(search.Jobs)}; {SearchText.Spent(search)} spent";

    // What there is none of is not worth a word here.
    private static string Jobs(JobCounts jobs) =>
        $"{jobs.Succeeded} done{Some(jobs.Running, "running")}{Some(jobs.Queued, "waiting")}{Some(jobs.Failed, "failed")}";

    private static string Some(int count, string what) => count == 0 ? "" : $", {count} {what}";

    private string NewBest(SearchSummary before) =>
        search.BestBits != before.BestBits ? $"; new best {SearchText.Best(search)}" : "";
}
