using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Tests.Shared;

namespace Bitcurve.Search.Tests.Hosting;

/// <summary>What is made for measurements is a search like any other.</summary>
public sealed class LargeSearchTests
{
    private const int Trials = 300;

    private static readonly LargeSearch Large = LargeSearch.Make(Trials);

    [Fact]
    public void Make_SoManyTrials_KeepsEveryInvariant()
    {
        SearchInvariants.Check(Large.State);

        Assert.Equal((Trials, Trials, SearchPhase.Searching), (Large.State.Trials.Count, Large.State.Decisions.Count, Large.State.Phase));
        Assert.All(Large.State.Decisions, decision => Assert.Equal(5, decision.RunnersUp.Count));
        Assert.Contains(Large.State.Trials, trial => trial.SetAside is not null);
        Assert.Contains(Large.State.Trials, trial => trial.IsMeasuredAt(15));
    }

    [Fact]
    public void Make_SameSeed_IsTheSameSearch() =>
        Assert.Equal(SearchJson.Serialize(Large.State), SearchJson.Serialize(LargeSearch.Make(Trials).State));

    [Fact]
    public async Task Store_OpenedAgain_IsTheSameSearch()
    {
        var store = new MemorySearchStore();
        await Large.StoreAsync(store);

        SearchHost.Journalled opened = (await Journal.ReadAsync(store, "large", CancellationToken.None))!;

        Assert.Equal(Large.Events.Count, opened.Version);
        Assert.Equal(SearchJson.Serialize(Large.State), SearchJson.Serialize(opened.State));
    }
}
