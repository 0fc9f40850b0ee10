using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

public sealed class MemorySearchStoreTests : SearchStoreContract
{
    protected override ISearchStore Store { get; } = new MemorySearchStore();
}

public sealed class SqliteSearchStoreTests : SearchStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteSearchStore store;

    public SqliteSearchStoreTests() => store = new SqliteSearchStore(folder["search.db"]);

    protected override ISearchStore Store => store;

    [Fact]
    public async Task Save_WhileTheFirstConnectionStaysOpen_IsSeenByAnotherOne()
    {
        // What a killed process leaves is what another connection sees without the first one being closed.
        string etag = await store.SaveAsync("one", "1", null, CancellationToken.None);
        using var other = new SqliteSearchStore(folder["search.db"]);

        Assert.Equal(new StoredSearch("1", etag), await other.LoadAsync("one", CancellationToken.None));
    }

    [Fact]
    public void Open_AnotherKindOfFile_NamesIt()
    {
        string path = folder["notes.txt"];
        File.WriteAllText(path, new string('x', 4096));

        var problem = Assert.Throws<InvalidDataException>(() => new SqliteSearchStore(path));

        Assert.Equal($"{path}: expected a SQLite database, actual another kind of file.", problem.Message);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}
