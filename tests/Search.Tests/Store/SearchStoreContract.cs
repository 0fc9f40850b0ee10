using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

/// <summary>What every store of journals must do. Documents: the other half of this class.</summary>
public abstract partial class SearchStoreContract
{
    private const string Odd = "{\"text\":\"\u00e9 \ud83d\ude00 \\u0000\\n 'quoted' $1 \\\\x\", \"b\" :1.50,\"a\":1e3 }";
    private static readonly CancellationToken None = CancellationToken.None;

    protected abstract ISearchStore Searches { get; }

    [Fact]
    public async Task Load_UnknownId_IsNull() => Assert.Null(await Searches.LoadAsync("nothing", None));

    [Fact]
    public async Task Append_New_LoadsToTheByte()
    {
        await Searches.AppendAsync("one", 0, [Odd, "2"], None);

        StoredSearch stored = (await Searches.LoadAsync("one", None))!;
        Assert.Null(stored.Snapshot);
        Assert.Equal([Odd, "2"], stored.Events);
        Assert.Equal(2, stored.Version);
    }

    [Fact]
    public async Task Append_AtTheStoredVersion_GoesOn()
    {
        await Searches.AppendAsync("one", 0, ["1", "2"], None);
        await Searches.AppendAsync("two", 0, ["other"], None);
        await Searches.AppendAsync("one", 2, ["3"], None);

        Assert.Equal(["1", "2", "3"], (await Searches.LoadAsync("one", None))!.Events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Append_AtAnotherVersion_ThrowsAndChangesNothing(long expected)
    {
        await Searches.AppendAsync("one", 0, ["1", "2"], None);

        var problem = await Assert.ThrowsAsync<ConcurrencyException>(() => Searches.AppendAsync("one", expected, ["x", "y"], None));

        Assert.Equal($"Search one: expected {expected} stored events, actual 2.", problem.Message);
        Assert.Equal(2, problem.ActualVersion);
        Assert.Equal(["1", "2"], (await Searches.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_OnToNothing_Throws()
    {
        await Assert.ThrowsAsync<ConcurrencyException>(() => Searches.AppendAsync("one", 1, ["2"], None));

        Assert.Null(await Searches.LoadAsync("one", None));
    }

    [Fact]
    public async Task Append_ManyAtOnceAtOneVersion_LetsExactlyOneThrough()
    {
        await Searches.AppendAsync("one", 0, ["0"], None);

        bool[] succeeded = await Task.WhenAll(Enumerable.Range(1, 16).Select(number => TryAppendAsync("one", 1, $"{number}")));

        Assert.Single(succeeded, yes => yes);
        Assert.Equal(2, (await Searches.LoadAsync("one", None))!.Version);
    }

    [Fact]
    public async Task Append_ManySearchesAtOnceWithRefusalsAmongThem_KeepsEachInOrder()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(number => $"{number}")];
        const int length = 10;
        await Task.WhenAll(ids.Select(id => Task.Run(async () =>
        {
            for (int version = 0; version < length; version++)
            {
                bool[] succeeded = await Task.WhenAll(
                    TryAppendAsync(id, version, $"{version}"), TryAppendAsync(id, version, $"{version}"), TryAppendAsync(id, version + 2, "ahead"));
                Assert.Single(succeeded, yes => yes);
            }
        })));

        foreach (string id in ids)
        {
            Assert.Equal(Enumerable.Range(0, length).Select(version => $"{version}"), await Searches.ReadAsync(id, 0, 100, None));
        }
    }

    [Fact]
    public async Task SaveSnapshot_Newer_ShortensTheTailAndKeepsTheEvents()
    {
        await Searches.AppendAsync("one", 0, ["1", "2", "3"], None);
        await Searches.SaveSnapshotAsync("one", 1, "old", None);
        await Searches.SaveSnapshotAsync("one", 2, Odd, None);

        StoredSearch stored = (await Searches.LoadAsync("one", None))!;
        Assert.Equal((Odd, 2L, 3L), (stored.Snapshot, stored.SnapshotVersion, stored.Version));
        Assert.Equal(["3"], stored.Events);
        Assert.Equal(["1", "2", "3"], await Searches.ReadAsync("one", 0, 10, None));
    }

    [Fact]
    public async Task SaveSnapshot_Older_IsIgnored()
    {
        await Searches.AppendAsync("one", 0, ["1", "2"], None);
        await Searches.SaveSnapshotAsync("one", 2, "new", None);
        await Searches.SaveSnapshotAsync("one", 1, "old", None);

        StoredSearch stored = (await Searches.LoadAsync("one", None))!;
        Assert.Equal(("new", 2L), (stored.Snapshot, stored.SnapshotVersion));
        Assert.Empty(stored.Events);
    }

    [Theory]
    [InlineData(0, 2, "1 2")]
    [InlineData(1, 10, "2 3")]
    [InlineData(3, 10, "")]
    [InlineData(9, 10, "")]
    public async Task Read_Part_IsInOrder(long after, int limit, string expected)
    {
        await Searches.AppendAsync("one", 0, ["1", "2", "3"], None);

        Assert.Equal(expected, string.Join(' ', await Searches.ReadAsync("one", after, limit, None)));
    }

    [Fact]
    public async Task Read_UnknownId_IsEmpty() => Assert.Empty(await Searches.ReadAsync("nothing", 0, 10, None));

    [Fact]
    public async Task List_SeveralSearches_IsOrderedAndNamesEachOnce()
    {
        Assert.Empty(await Searches.ListAsync(None));
        foreach (string id in (string[])["b", "a", "B"])
        {
            await Searches.AppendAsync(id, 0, ["1", "2"], None);
        }

        Assert.Equal(["B", "a", "b"], await Searches.ListAsync(None));
    }

    private async Task<bool> TryAppendAsync(string id, long expectedVersion, string json)
    {
        try
        {
            await Searches.AppendAsync(id, expectedVersion, [json], None);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }
}
