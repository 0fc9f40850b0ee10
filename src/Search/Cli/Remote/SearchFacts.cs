using System.Text.Json;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>What a server tells of a search, where a person asks how it stands.</summary>
/// <param name="View">The search, as the server writes it.</param>
/// <param name="LastDecision">Null before the first, and where nobody asked for it.</param>
/// <param name="Workers">All workers of the server; null where nobody asked for them.</param>
internal sealed record SearchFacts(JsonElement View, Decision? LastDecision = null, IReadOnlyList<WorkerStatus>? Workers = null)
{
    /// <summary>All of it, with the view that is there already.</summary>
    internal static async Task<SearchFacts> ReadAsync(ServerConnection server, string path, JsonElement view, CancellationToken cancellation)
    {
        var decisions = view.GetProperty("decisions").GetInt32();
        var last = decisions == 0 ? [] : await DecisionsAsync(server, path, decisions - 1, cancellation);
        var workers = await server.GetAsync("workers", cancellation);
        return new SearchFacts(view, last.LastOrDefault(), workers.GetProperty("items").Deserialize<WorkerStatus[]>(SearchJson.Options));
    }

    /// <summary>Decisions after one, as many as one answer holds.</summary>
    internal static async Task<IReadOnlyList<Decision>> DecisionsAsync(ServerConnection server, string path, int after, CancellationToken cancellation)
    {
        var page = await server.GetAsync($"{path}/decisions?after={after}", cancellation);
        return page.Deserialize<NumberedPage<Decision>>(SearchJson.Options)!.Items;
    }

    /// <summary>How many can serve the search and how many do; null where that is no question.</summary>
    internal string? WorkersText()
    {
        var search = SearchText.Summary(View);
        if (Workers is null || search.State is not (SearchStatus.Running or SearchStatus.Paused))
        {
            return null;
        }

        var able = Workers.Where(worker => worker.State == WorkerState.Online && worker.WorkloadHashes.Contains(search.WorkloadHash)).ToList();
        var serving = able.Where(worker => worker.Lease?.StartsWith($"{search.Id}.", StringComparison.Ordinal) ?? false).ToList();
        return (able.Count, serving.Count) switch
        {
            (0, _) => "none that could serve it",
            (var all, 0) => $"{all} could serve it, none does at present",
            (var all, var some) => $"{some} of {all} that could serve it: {string.Join(", ", serving.Select(worker => $"{worker.WorkerId} ({worker.DeviceKind})"))}",
        };
    }
}
