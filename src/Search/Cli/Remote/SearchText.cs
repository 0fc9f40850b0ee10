using System.Globalization;
using System.Text;
using System.Text.Json;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>Searches in words, from the server's JSON.</summary>
internal static class SearchText
{
    private static readonly string[] Head = ["ID", "NAME", "STATE", "WORKLOAD", "JOBS DONE", "SPENT", "BEST"];

    /// <summary>One row for each search; at least one.</summary>
    internal static string Table(IEnumerable<JsonElement> items) => TextTable.Of([Head, .. items.Select(item => Row(Summary(item)))]);

    internal static string Of(SearchFacts facts)
    {
        var view = facts.View;
        var search = Summary(view);
        var text = new StringBuilder();
        text.AppendLine($"{search.Id}{(search.Name is { } name ? $" ({name})" : "")}");
        text.AppendLine($"  state     {State(search.State)}{(search.State == SearchStatus.Running ? $", {Phase(search.Phase)}" : "")}{Reason(view)}");
        if (TextOf(view, "notice") is { } notice)
        {
            text.AppendLine($"  notice    {notice}");
        }

        text.AppendLine($"  workload  {search.Workload}");
        text.AppendLine($"  jobs      {Jobs(search.Jobs)}");
        text.AppendLine($"  spent     {Spent(search)}");
        AppendOutlook(text, facts);
        text.AppendLine($"  FP32      {Baseline(view)}");
        text.AppendLine($"  best      {Best(search)}");
        return text.ToString();
    }

    internal static SearchSummary Summary(JsonElement item) => item.Deserialize<SearchSummary>(SearchJson.Options)!;

    internal static string State(SearchStatus state) => $"{state}".ToLowerInvariant();

    internal static string Phase(SearchPhase phase) => phase switch
    {
        SearchPhase.Baseline => "training the FP32 baseline",
        SearchPhase.Searching => "searching",
        SearchPhase.Verifying => "verifying on the test split",
        _ => $"{phase}".ToLowerInvariant(),
    };

    internal static string Jobs(JobCounts jobs) => $"{jobs.Succeeded} done, {jobs.Running} running, {jobs.Queued} waiting, {jobs.Failed} failed";

    internal static string Spent(SearchSummary search) => search.Budget switch
    {
        { Unit: BudgetUnit.Epochs } budget => string.Create(CultureInfo.InvariantCulture, $"{search.Spent.Epochs:0.#} of {budget.Amount:0.#} epochs"),
        { Unit: BudgetUnit.Jobs } budget => string.Create(CultureInfo.InvariantCulture, $"{search.Spent.Jobs} of {budget.Amount:0} jobs"),
        var budget => $"{RunStatus.Clock(search.Spent.ActiveSeconds)} of {RunStatus.Clock(budget.Amount)}",
    };

    internal static string Best(SearchSummary search) =>
        search.BestAccuracy is { } known ? $"{search.BestBits} at {search.Words.Named(known)}" : "none yet";

    /// <summary>Why the search ended, to append; empty while it goes on.</summary>
    internal static string Reason(JsonElement view) => TextOf(view, "endReason") is { } reason ? $": {reason}" : "";

    /// <summary>How much time is left, e.g. <c>about 12:30 left (9:10 to 16:20)</c>; null while that is unknown.</summary>
    internal static string? TimeLeft(JsonElement view) => ForecastOf(view) is not { } forecast
        ? null
        : $"about {RunStatus.Clock(forecast.SecondsLeft)} left"
            + (forecast is { SecondsLow: { } low, SecondsHigh: { } high } ? $" ({RunStatus.Clock(low)} to {RunStatus.Clock(high)})" : "");

    /// <summary>What was decided, what it is to teach and to cost, and why.</summary>
    internal static string Decided(Decision decision, CurveSubject subject, MetricWords metric) => string.Create(
        CultureInfo.InvariantCulture,
        $"{LevelText.Of(subject, decision.Bits)} to {(decision.Epochs == 1 ? "1 epoch" : $"{decision.Epochs} epochs")}, {decision.GainNats:0.###} nats for {decision.CostEpochs:0.##} epochs{Regret(decision.ExpectedRegret, metric)}: {decision.Reason}");

    /// <summary>What the levels of a search are.</summary>
    internal static CurveSubject Subject(JsonElement view) =>
        view.GetProperty("definition").GetProperty("space").Deserialize<CurveSpace>(SearchJson.Options)!.Subject;

    private static void AppendOutlook(StringBuilder text, SearchFacts facts)
    {
        if (ForecastOf(facts.View) is { } forecast)
        {
            text.AppendLine($"  forecast  {TimeLeft(facts.View)}: {forecast.Basis}");
        }

        if (facts.LastDecision is { } decision)
        {
            text.AppendLine($"  decided   {Decided(decision, Subject(facts.View), Summary(facts.View).Words)}");
        }

        if (facts.WorkersText() is { } workers)
        {
            text.AppendLine($"  workers   {workers}");
        }
    }

    private static Forecast? ForecastOf(JsonElement view) =>
        view.TryGetProperty("forecast", out var forecast) ? forecast.Deserialize<Forecast>(SearchJson.Options) : null;

    private static string Regret(double? regret, MetricWords metric) => regret is { } known ? $", expected regret {metric.Difference(known)}" : "";

    private static string Baseline(JsonElement view) =>
        view.TryGetProperty("baseline", out var baseline) && baseline.ValueKind == JsonValueKind.Object
            ? Summary(view).Words.Named(baseline.Deserialize<BaselineResult>(SearchJson.Options)!.Accuracy)
            : "not trained yet";

    private static string[] Row(SearchSummary search) =>
    [
        search.Id,
        search.Name ?? "",
        State(search.State),
        search.Workload,
        $"{search.Jobs.Succeeded} of {search.Jobs.Succeeded + search.Jobs.Running + search.Jobs.Queued + search.Jobs.Failed}",
        Spent(search),
        Best(search),
    ];

    private static string? TextOf(JsonElement view, string name) =>
        view.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
