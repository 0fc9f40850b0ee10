using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>
/// <c>bitcurve search watch</c>: where a search stands, then what happens, until it ends. As JSON: every event from the first on, one a line.
/// A lost connection is taken up again where it broke.
/// </summary>
internal sealed class SearchWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ServerConnection server;
    private readonly string path;
    private readonly WatchLines? lines;
    private string? lastEventId;
    private SearchStatus state;
    private bool isLost;

    private SearchWatch(ServerConnection server, string path, JsonElement view, bool asJson)
    {
        (this.server, this.path) = (server, path);
        if (!asJson)
        {
            lines = new WatchLines(view);
            lastEventId = view.GetProperty("version").ToString();
            state = SearchText.Summary(view).State;
        }
    }

    private bool HasEnded => state is SearchStatus.Completed or SearchStatus.Cancelled or SearchStatus.Failed;

    /// <exception cref="SearchFailedException">That is how the search ended.</exception>
    internal static async Task<int> RunAsync(ServerConnection server, string id, ParseResult parsed, CancellationToken cancellation)
    {
        var path = SearchCommands.PathOf(id);
        var view = await server.GetAsync(path, cancellation);
        var asJson = SearchCommands.IsJson(parsed);
        var watch = new SearchWatch(server, path, view, asJson);
        if (!asJson)
        {
            Console.Write(SearchText.Of(await SearchFacts.ReadAsync(server, path, view, cancellation)));
        }

        if (!watch.HasEnded)
        {
            view = await watch.ToTheEndAsync(cancellation);
            if (!asJson)
            {
                Console.WriteLine(WatchLines.Ending(view));
            }
        }

        return watch.state == SearchStatus.Failed
            ? throw new SearchFailedException($"{view.GetProperty("endReason")}")
            : CommandLine.Success;
    }

    // The search as it is after its last event.
    private async Task<JsonElement> ToTheEndAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await FollowAsync(cancellation);
                if (HasEnded)
                {
                    return await server.GetAsync(path, cancellation);
                }
            }
            catch (Exception lost) when (lost is IOException or ServerRefusedException { MayPass: true })
            {
                if (!isLost)
                {
                    Console.Error.WriteLine($"bitcurve: connection lost, trying again until it is back: {lost.Message}");
                }

                isLost = true;
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var stream = await server.DownloadAsync($"{path}/events", cancellation, lastEventId);
        if (isLost)
        {
            isLost = false;
            Console.Error.WriteLine("bitcurve: connected again");
        }

        await foreach (var happened in SseParser.Create(stream).EnumerateAsync(cancellation))
        {
            var now = JsonSerializer.Deserialize<EventSummary>(happened.Data, SearchJson.Options)!;
            await TellAsync(now, happened.Data, cancellation);
            (lastEventId, state) = (happened.EventId, now.State);
        }
    }

    private async Task TellAsync(EventSummary now, string json, CancellationToken cancellation)
    {
        if (lines is null)
        {
            Console.WriteLine(json);
            return;
        }

        if (now.Kind is "selected" or "reported" or "toppedUp" or "extended")
        {
            lines.Update(await server.GetAsync(path, cancellation));
        }

        var decisions = now.Kind == "selected" ? await SearchFacts.DecisionsAsync(server, path, lines.Decisions, cancellation) : [];
        foreach (var line in lines.Of(now, decisions))
        {
            Console.WriteLine(line);
        }
    }
}
