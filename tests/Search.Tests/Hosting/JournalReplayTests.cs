using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Hosting;

public sealed class JournalReplayTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly MemorySearchStore store = new();

    [Fact]
    public async Task Replay_SearchOfSeveralWorkers_DecidesTheSameAndEndsInTheSameState()
    {
        SearchDefinition definition = Definition("40epochs");
        SearchState lived = await LiveAsync(definition, StrategyCatalogue.Create(definition), workers: 3);

        ReplayResult replayed = JournalReplay.Run(await JournalAsync(), StrategyCatalogue.Create);

        Assert.Empty(replayed.Differences);
        Assert.Equal(SearchJson.Serialize(lived), SearchJson.Serialize(replayed.State));
        Assert.InRange(replayed.Decisions, lived.Decisions.Count, int.MaxValue);
        Assert.NotEmpty(lived.Decisions);
    }

    [Fact]
    public async Task Replay_WithAnotherStrategy_NamesWhatCameOutOtherwise()
    {
        await LiveAsync(Definition("3jobs"), new ScriptedStrategy((4, 15), (3, 1), (2, 0)), workers: 1);

        ReplayResult replayed = JournalReplay.Run(await JournalAsync(), _ => new ScriptedStrategy((4, 15), (5, 1), (2, 0)));

        DecisionDifference difference = Assert.Single(replayed.Differences);
        Assert.Contains("33333333", difference.Expected, StringComparison.Ordinal);
        Assert.Contains("55555555", difference.Actual, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FromSnapshotAndTail_IsTheStateThatAllEventsGive()
    {
        SearchState lived = await LiveAsync(Definition(), new HashedStrategy(), workers: 2);
        StoredSearch whole = (await store.LoadAsync("search", None))!;
        Assert.Equal(whole.Version, whole.SnapshotVersion);

        var copy = new MemorySearchStore();
        await copy.AppendAsync("search", 0, await store.ReadAsync("search", 0, int.MaxValue, None), None);

        Assert.Equal(SearchJson.Serialize(lived), SearchJson.Serialize((await Journal.ReadAsync(copy, "search", None))!.State));
        Assert.Equal(SearchJson.Serialize(lived), SearchJson.Serialize((await Journal.ReadAsync(store, "search", None))!.State));
    }

    private async Task<List<JournalEntry>> JournalAsync()
    {
        var entries = new List<JournalEntry>();
        await foreach (JournalEntry entry in Journal.EntriesAsync(store, "search", 0, None))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Runs to the end with workers that ask, report progress and report, all at once.</summary>
    private async Task<SearchState> LiveAsync(SearchDefinition definition, ISelectionStrategy strategy, int workers)
    {
        await using SearchHost host = await Journal.CreateAsync(store, definition, strategy, TimeProvider.System, Minute, None);
        async Task WorkAsync(string id)
        {
            while (!host.State.HasEnded)
            {
                Task change = host.NextChange;
                if (await host.TryLeaseAsync(Worker with { WorkerId = id }, None) is not JobOrder order)
                {
                    await change;
                    continue;
                }

                await host.ApplyAsync(now => new SearchEvent.Heartbeat(now, order.JobId, order.FencingToken, Reached(order, order.StartEpochs), Minute), None);
                await host.ApplyAsync(now => new SearchEvent.Reported(now, order.JobId, order.FencingToken, Success(order)), None);
            }
        }

        await Task.WhenAll(Enumerable.Range(1, workers).Select(number => Task.Run(() => WorkAsync($"worker-{number}"))));
        return host.State;
    }
}
