using System.Globalization;
using System.Text;
using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>Searches in words, from the server's JSON.</summary>
internal static class SearchText
{
    internal static string Table(IReadOnlyList<JsonElement> items)
    {
        var text = new StringBuilder();
        string[] head = ["ID", "STATE", "WORKLOAD", "JOBS", "SPENT", "BEST"];
        List<string[]> rows = [head, .. items.Select(item => Row(Summary(item)))];
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return items.Count == 0 ? "no searches\n" : text.ToString();
    }

    internal static string Of(JsonElement view)
    {
        var search = Summary(view);
        var row = Row(search);
        var text = new StringBuilder();
        text.AppendLine($"{search.Id}{(search.Name is { } name ? $" ({name})" : "")}");
        text.AppendLine($"  state   {row[1]}{(search.State == SearchStatus.Running ? $", {Phase(search.Phase)}" : "")}{Reason(view)}");
        text.AppendLine($"  network {search.Workload}");
        text.AppendLine($"  jobs    {search.Jobs.Succeeded} done, {search.Jobs.Running} running, {search.Jobs.Queued} waiting, {search.Jobs.Failed} failed");
        text.AppendLine($"  spent   {row[4]}");
        text.AppendLine($"  best    {row[5]}");
        if (TextOf(view, "notice") is { } notice)
        {
            text.AppendLine($"  notice  {notice}");
        }

        return text.ToString();
    }

    internal static SearchSummary Summary(JsonElement item) => item.Deserialize<SearchSummary>(SearchJson.Options)!;

    internal static string Phase(SearchPhase phase) => phase switch
    {
        SearchPhase.Baseline => "training the FP32 baseline",
        SearchPhase.Searching => "searching",
        SearchPhase.Verifying => "verifying on the test split",
        _ => $"{phase}".ToLowerInvariant(),
    };

    internal static string Spent(SearchSummary search) => search.Budget switch
    {
        { Unit: BudgetUnit.Epochs } budget => string.Create(CultureInfo.InvariantCulture, $"{search.Spent.Epochs:0.#} of {budget.Amount:0.#} epochs"),
        { Unit: BudgetUnit.Jobs } budget => string.Create(CultureInfo.InvariantCulture, $"{search.Spent.Jobs} of {budget.Amount:0} jobs"),
        var budget => $"{RunStatus.Clock(search.Spent.ActiveSeconds)} of {RunStatus.Clock(budget.Amount)}",
    };

    private static string[] Row(SearchSummary search) =>
    [
        search.Id,
        $"{search.State}".ToLowerInvariant(),
        search.Workload,
        $"{search.Jobs.Succeeded}/{search.Jobs.Succeeded + search.Jobs.Running + search.Jobs.Queued + search.Jobs.Failed}",
        Spent(search),
        search.BestAccuracy is { } accuracy ? $"{search.BestBits} at {RunStatus.Percent(accuracy)}" : "none yet",
    ];

    private static string Reason(JsonElement view) => TextOf(view, "endReason") is { } reason ? $": {reason}" : "";

    private static string? TextOf(JsonElement view, string name) =>
        view.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
