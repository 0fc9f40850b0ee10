using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

public abstract partial class SearchStoreContract
{
    protected abstract IDocumentStore Documents { get; }

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        await Documents.PutAsync("worker", "a", "1", None);

        Assert.Null(await Documents.FindAsync("worker", "b", None));
        Assert.Null(await Documents.FindAsync("key", "a", None));
    }

    [Fact]
    public async Task Put_NewAndAgain_KeepsTheLastToTheByte()
    {
        await Documents.PutAsync("worker", "a", "1", None);
        await Documents.PutAsync("worker", "a", Odd, None);

        Assert.Equal(Odd, await Documents.FindAsync("worker", "a", None));
    }

    [Fact]
    public async Task ListDocuments_OfAKind_IsOrdered()
    {
        foreach (string id in (string[])["b", "a", "B"])
        {
            await Documents.PutAsync("worker", id, $"\"{id}\"", None);
        }

        await Documents.PutAsync("key", "z", "1", None);

        Assert.Equal(
            [KeyValuePair.Create("B", "\"B\""), KeyValuePair.Create("a", "\"a\""), KeyValuePair.Create("b", "\"b\"")],
            await Documents.ListAsync("worker", None));
        Assert.Empty(await Documents.ListAsync("nothing", None));
    }

    [Fact]
    public async Task PutIfAbsent_Twice_KeepsAndReturnsTheFirst()
    {
        Assert.Equal(Odd, await Documents.PutIfAbsentAsync("key", "a", Odd, None));
        Assert.Equal(Odd, await Documents.PutIfAbsentAsync("key", "a", "2", None));
        Assert.Equal(Odd, await Documents.FindAsync("key", "a", None));
    }

    [Fact]
    public async Task PutIfAbsent_ManyAtOnce_TellsAllTheSame()
    {
        string[] told = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            number => Task.Run(() => Documents.PutIfAbsentAsync("key", "a", $"{number}", None))));

        Assert.Equal(await Documents.FindAsync("key", "a", None), Assert.Single(told.Distinct()));
    }

    [Fact]
    public async Task Delete_OneOfTwo_LeavesTheOther()
    {
        await Documents.PutAsync("worker", "a", "1", None);
        await Documents.PutAsync("worker", "b", "2", None);
        await Documents.DeleteAsync("worker", "a", None);
        await Documents.DeleteAsync("worker", "a", None);

        Assert.Equal("b", Assert.Single(await Documents.ListAsync("worker", None)).Key);
        Assert.Equal("3", await Documents.PutIfAbsentAsync("worker", "a", "3", None));
    }
}
