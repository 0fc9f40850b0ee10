using System.Buffers.Binary;
using Bitcurve.Search.Store;
using Microsoft.Data.Sqlite;

namespace Bitcurve.Search.Tests.Store;

/// <summary>What is particular to SQLite; see <see cref="SqliteContractTests"/> for the rest.</summary>
public sealed class SqliteSearchStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();

    private string File => folder["search.db"];

    [Fact]
    public async Task Append_WhileTheStoreStaysOpen_IsSeenByAnotherConnection()
    {
        // What a killed process leaves is what another connection sees without the first one being closed.
        using var store = new SqliteSearchStore(File);
        await store.AppendAsync("one", 0, ["1"], None);
        using var other = new SqliteSearchStore(File);

        Assert.Equal(["1"], (await other.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_AfterAnotherProcessAppended_IsRefusedAndGoesOnFromThere()
    {
        using var store = new SqliteSearchStore(File);
        using var other = new SqliteSearchStore(File);
        await store.AppendAsync("one", 0, ["1"], None);
        await other.AppendAsync("one", 1, ["2"], None);

        var problem = await Assert.ThrowsAsync<ConcurrencyException>(() => store.AppendAsync("one", 1, ["x"], None));
        await store.AppendAsync("one", 2, ["3"], None);

        Assert.Equal(2, problem.ActualVersion);
        Assert.Equal(["1", "2", "3"], (await other.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_ManyWhileTheFileIsBusy_ShareTheirSyncs()
    {
        const int appends = 100;
        using var store = new SqliteSearchStore(File);
        int before = CommitsInTheLog();
        Task[] waiting;
        using (Occupied())
        {
            waiting = [.. Enumerable.Range(0, appends).Select(number => store.AppendAsync($"{number}", 0, ["1", "2"], None))];
        }

        await Task.WhenAll(waiting);

        // What the writer took before the file was busy, and all the rest.
        Assert.InRange(CommitsInTheLog() - before, 1, 3);
        Assert.Equal(appends, (await store.ListAsync(None)).Count);
    }

    [Fact]
    public async Task Append_CancelledBeforeItsTurn_StoresNothingAndTheOthersGoOn()
    {
        using var store = new SqliteSearchStore(File);
        using var cancellation = new CancellationTokenSource();
        Task kept;
        Task cancelled;
        using (Occupied())
        {
            kept = store.AppendAsync("kept", 0, ["1"], None);
            cancelled = store.AppendAsync("cancelled", 0, ["1"], cancellation.Token);
            await cancellation.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await kept;
        Assert.Equal(["kept"], await store.ListAsync(None));
    }

    [Fact]
    public async Task Load_WhileAWriteWaits_IsAnswered()
    {
        using var store = new SqliteSearchStore(File);
        await store.AppendAsync("one", 0, ["1"], None);
        Task waiting;
        using (Occupied())
        {
            waiting = store.AppendAsync("one", 1, ["2"], None);
            Assert.Equal(["1"], (await store.LoadAsync("one", None))!.Events);
        }

        await waiting;
    }

    [Fact]
    public async Task Dispose_WithWritesWaiting_FinishesThem()
    {
        Task[] appends;
        using (var store = new SqliteSearchStore(File))
        {
            appends = [.. Enumerable.Range(0, 20).Select(number => store.AppendAsync($"{number}", 0, ["1"], None))];
        }

        await Task.WhenAll(appends);
        using var reopened = new SqliteSearchStore(File);
        Assert.Equal(20, (await reopened.ListAsync(None)).Count);
    }

    [Fact]
    public async Task Append_AfterDispose_Throws()
    {
        var store = new SqliteSearchStore(File);
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AppendAsync("one", 0, ["1"], None));
    }

    [Fact]
    public void Open_AnotherKindOfFile_NamesIt()
    {
        string path = folder["notes.txt"];
        System.IO.File.WriteAllText(path, new string('x', 4096));

        var problem = Assert.Throws<InvalidDataException>(() => new SqliteSearchStore(path));

        Assert.Equal($"{path}: expected a SQLite database, actual another kind of file.", problem.Message);
    }

    [Theory]
    [InlineData("CREATE TABLE searches (id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL)", 1)]
    [InlineData("PRAGMA user_version = 3", 3)]
    public void Open_DatabaseOfAnotherVersion_SaysSoAndChangesNothing(string made, int layout)
    {
        Execute(made);

        var problem = Assert.Throws<InvalidDataException>(() => new SqliteSearchStore(File));

        Assert.Equal($"{File}: expected a database of layout 2, actual one of layout {layout}. Choose another folder.", problem.Message);
        Assert.Equal(0L, Execute("SELECT count(*) FROM sqlite_master WHERE name = 'events'"));
    }

    [Fact]
    public void Open_FolderThatIsNotThere_SaysSo()
    {
        string path = folder[Path.Combine("nowhere", "search.db")];

        var problem = Assert.Throws<StoreUnavailableException>(() => new SqliteSearchStore(path));

        Assert.StartsWith($"{path}: expected a file that can be read and written, actual: ", problem.Message);
    }

    public void Dispose() => folder.Dispose();

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        return connection;
    }

    private object? Execute(string sql)
    {
        using SqliteConnection connection = Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Holds the file's write lock until it is disposed of.</summary>
    private Occupation Occupied()
    {
        SqliteConnection connection = Connect();
        return new Occupation(connection, connection.BeginTransaction());
    }

    private sealed record Occupation(SqliteConnection Connection, SqliteTransaction Transaction) : IDisposable
    {
        public void Dispose()
        {
            Transaction.Dispose();
            Connection.Dispose();
        }
    }

    /// <summary>Frames of the write-ahead log that end a transaction: their header gives the size of the database after it, others 0.</summary>
    private int CommitsInTheLog()
    {
        const int logHeader = 32;
        const int frameHeader = 24;
        using var log = new FileStream($"{File}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[log.Length];
        log.ReadExactly(bytes);
        int pageSize = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(8));
        int commits = 0;
        for (int frame = logHeader; frame + frameHeader <= bytes.Length; frame += frameHeader + pageSize)
        {
            commits += BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(frame + 4)) == 0 ? 0 : 1;
        }

        return commits;
    }
}
