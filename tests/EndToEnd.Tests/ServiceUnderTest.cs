using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>One search of a real server, seen from outside: what happens, in order, from wherever one stopped looking.</summary>
internal sealed class ServiceUnderTest(string search)
{
    private long seen;

    internal string Search { get; } = search;

    /// <summary>Reads events until one of them is what is waited for.</summary>
    internal async Task<EventSummary> UntilAsync(ServerProcess server, Func<EventSummary, bool> isReached)
    {
        while (true)
        {
            await using var stream = await server.Http.GetStreamAsync($"/api/v1/searches/{Search}/events?after={seen}");
            await foreach (var happened in SseParser.Create(stream).EnumerateAsync())
            {
                var summary = JsonSerializer.Deserialize<EventSummary>(happened.Data, SearchJson.Options)!;
                seen = summary.Version;
                if (isReached(summary))
                {
                    return summary;
                }

                Assert.True(summary.State == SearchStatus.Running || isReached(summary), $"the search is {summary.State} before what was waited for");
            }
        }
    }

    /// <summary>The lease that a worker holds by the server's word, null for none.</summary>
    internal static async Task<string?> LeaseOfAsync(ServerProcess server, string workerId)
    {
        var workers = await server.Http.GetFromJsonAsync<JsonElement>("/api/v1/workers");
        return workers.GetProperty("items").Deserialize<WorkerStatus[]>(SearchJson.Options)!.Single(worker => worker.WorkerId == workerId).Lease;
    }

    /// <summary>Everything that ever happened to the search.</summary>
    internal async Task<List<JournalEntry>> JournalAsync(ServerProcess server)
    {
        var entries = new List<JournalEntry>();
        while (true)
        {
            var page = await server.Http.GetFromJsonAsync<JsonElement>($"/api/v1/searches/{Search}/journal?after={entries.Count}&limit=500");
            var items = page.GetProperty("items").Deserialize<JournalEntry[]>(SearchJson.Options)!;
            if (items.Length == 0)
            {
                return entries;
            }

            entries.AddRange(items);
        }
    }
}
