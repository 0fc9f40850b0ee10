using System.CommandLine;
using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve search replay</c>: do the stored decisions follow from what was known?</summary>
internal static class SearchReplay
{
    internal static async Task<int> RunAsync(ServerConnection server, string id, ParseResult parsed, CancellationToken cancellation)
    {
        var journal = new List<JournalEntry>();
        await foreach (var item in server.ItemsAsync($"{SearchCommands.PathOf(id)}/journal", cancellation))
        {
            journal.Add(item.Deserialize<JournalEntry>(SearchJson.Options)!);
        }

        var result = JournalReplay.Run(journal, StrategyCatalogue.Create);
        if (SearchCommands.IsJson(parsed))
        {
            Console.WriteLine(JsonSerializer.Serialize(new Replayed(journal.Count, result.Decisions, result.Differences.Count), SearchJson.Options));
        }
        else
        {
            Console.WriteLine($"{journal.Count} events replayed: {result.Decisions} decisions, {result.Differences.Count} different from the stored ones");
            foreach (var difference in result.Differences)
            {
                Console.WriteLine($"  event {difference.Version}: expected {difference.Expected}, actual {difference.Actual}");
            }
        }

        return result.Differences.Count == 0 ? CommandLine.Success : CommandLine.UnexpectedError;
    }

    private sealed record Replayed(int Events, int Decisions, int Differences);
}
