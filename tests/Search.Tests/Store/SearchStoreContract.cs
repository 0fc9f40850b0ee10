using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

/// <summary>What every search store must do.</summary>
public abstract class SearchStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected abstract ISearchStore Store { get; }

    [Fact]
    public async Task Load_UnknownId_IsNull() => Assert.Null(await Store.LoadAsync("nothing", None));

    [Fact]
    public async Task Save_New_LoadsToTheByte()
    {
        const string json = "{\"text\":\"\u00e9\\n'quoted'\"}";
        string etag = await Store.SaveAsync("one", json, null, None);

        Assert.Equal(new StoredSearch(json, etag), await Store.LoadAsync("one", None));
    }

    [Fact]
    public async Task Save_WithTheCurrentEtag_ReplacesAndChangesTheEtag()
    {
        string first = await Store.SaveAsync("one", "1", null, None);
        string second = await Store.SaveAsync("one", "2", first, None);

        Assert.NotEqual(first, second);
        Assert.Equal(new StoredSearch("2", second), await Store.LoadAsync("one", None));
    }

    [Fact]
    public async Task Save_WithAStaleEtag_ThrowsAndChangesNothing()
    {
        string first = await Store.SaveAsync("one", "1", null, None);
        string second = await Store.SaveAsync("one", "2", first, None);

        var problem = await Assert.ThrowsAsync<ConcurrencyException>(() => Store.SaveAsync("one", "3", first, None));

        Assert.Equal($"Search one: expected version {first}, actual {second}.", problem.Message);
        Assert.Equal("2", (await Store.LoadAsync("one", None))!.Json);
    }

    [Fact]
    public async Task Save_NewOverAnExisting_Throws()
    {
        await Store.SaveAsync("one", "1", null, None);

        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.SaveAsync("one", "2", null, None));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("no number")]
    public async Task Save_WithAnEtagOfNothing_Throws(string etag) =>
        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.SaveAsync("one", "1", etag, None));

    [Fact]
    public async Task List_SeveralSearches_IsOrdered()
    {
        foreach (string id in (string[])["b", "a", "B"])
        {
            await Store.SaveAsync(id, "{}", null, None);
        }

        Assert.Equal(["B", "a", "b"], await Store.ListAsync(None));
    }

    [Fact]
    public async Task Save_ManyAtOnceOnOneVersion_LetsExactlyOneThrough()
    {
        string etag = await Store.SaveAsync("one", "0", null, None);
        IEnumerable<Task<bool>> attempts = Enumerable.Range(1, 8).Select(number => Task.Run(async () =>
        {
            try
            {
                await Store.SaveAsync("one", $"{number}", etag, None);
                return true;
            }
            catch (ConcurrencyException)
            {
                return false;
            }
        }));

        Assert.Single(await Task.WhenAll(attempts), succeeded => succeeded);
    }
}
