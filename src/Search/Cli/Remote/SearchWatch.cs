using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve search watch</c>: one line for each thing that happens, until the search ends. A lost connection is taken up again.</summary>
internal static class SearchWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    internal static async Task<int> RunAsync(ServerConnection server, string id, ParseResult parsed, CancellationToken cancellation)
    {
        var seen = new Seen(null, null);
        while (true)
        {
            try
            {
                seen = await FollowAsync(server, id, seen, SearchCommands.IsJson(parsed), cancellation);
            }
            catch (Exception lost) when (seen.EventId is not null && lost is IOException or ServerRefusedException)
            {
                Console.Error.WriteLine($"bitcurve: connection lost, trying again: {lost.Message}");
            }

            if (seen.Search is { State: SearchStatus.Completed or SearchStatus.Cancelled or SearchStatus.Failed })
            {
                return CommandLine.Success;
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>The last event shown, and the search after it.</summary>
    private sealed record Seen(string? EventId, EventSummary? Search);

    private static async Task<Seen> FollowAsync(ServerConnection server, string id, Seen seen, bool asJson, CancellationToken cancellation)
    {
        await using var stream = await server.DownloadAsync($"{SearchCommands.PathOf(id)}/events", cancellation, seen.EventId);
        await foreach (var happened in SseParser.Create(stream).EnumerateAsync(cancellation))
        {
            var now = JsonSerializer.Deserialize<EventSummary>(happened.Data, SearchJson.Options)!;
            var line = asJson ? happened.Data : Line(now, seen.Search);
            if (line is not null)
            {
                Console.WriteLine(line);
            }

            seen = new Seen(happened.EventId, now);
        }

        return seen;
    }

    /// <summary>Null for what is not worth a line.</summary>
    private static string? Line(EventSummary now, EventSummary? before)
    {
        if (before is null || now.Phase != before.Phase || now.State != before.State)
        {
            return $"{SearchText.Phase(now.Phase)}{(now.State == SearchStatus.Paused ? " (paused)" : "")}; {Spent(now)}";
        }

        if (now.BestBits != before.BestBits && now.BestAccuracy is { } accuracy)
        {
            return $"best so far {now.BestBits} at {RunStatus.Percent(accuracy)}; {Spent(now)}";
        }

        return now.Kind is "heartbeat" or "selected" or "leased"
            ? null
            : $"{now.Kind}: {now.Jobs.Succeeded} jobs done, {now.Jobs.Running} running, {now.Jobs.Failed} failed; {Spent(now)}";
    }

    private static string Spent(EventSummary now) => FormattableString.Invariant($"{now.Spent.Epochs:0.#} epochs in {now.Spent.Jobs} jobs spent");
}
