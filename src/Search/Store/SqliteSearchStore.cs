using Microsoft.Data.Sqlite;

namespace Bitcurve.Search.Store;

/// <summary>
/// Journals and documents in one SQLite file. Write-ahead log with a full sync per commit, so what was saved survives a killed process and
/// a power cut. Writes of many callers share transactions (<see cref="GroupCommit"/>); reads have a connection of their own and wait for no
/// sync. Meant for one process at a time; a second one's writes are noticed, never overwritten.
/// </summary>
public sealed class SqliteSearchStore : ISearchStore, IDocumentStore, IDisposable
{
    private readonly SemaphoreSlim readingTurn = new(1, 1);
    private readonly SqliteDatabase writing;
    private readonly SqliteDatabase reading;
    private readonly GroupCommit writer;

    /// <summary>Events stored per search, as far as the writer has seen; only its thread uses it.</summary>
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="StorageFullException">No space is left to create it.</exception>
    /// <exception cref="InvalidDataException">The file is no SQLite database, or one of another version of this program.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be opened.</exception>
    public SqliteSearchStore(string path)
    {
        string fullPath = Path.GetFullPath(path);
        writing = SqliteDatabase.Open(fullPath);
        try
        {
            SqliteLayout.Require(writing, fullPath);
            reading = SqliteDatabase.Open(fullPath);
        }
        catch
        {
            writing.Dispose();
            throw;
        }

        writer = new GroupCommit(writing, versions.Clear);
    }

    public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => ReadAsync(database => Load(database, id), cancellation);

    public Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation) =>
        writer.RunAsync(database => Append(database, id, expectedVersion, events), cancellation);

    public Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation) => writer.RunAsync(
        database => database.Execute(
            "INSERT INTO snapshots VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET version = $2, json = $3 WHERE version < $2",
            id, version, json),
        cancellation);

    public Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation) =>
        ReadAsync(database => Events(database, id, after, limit), cancellation);

    // Steps from id to id through the primary key; DISTINCT would read every event.
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => ReadAsync<IReadOnlyList<string>>(
        database => [.. database.Query(
            "WITH RECURSIVE ids (id) AS (SELECT min(search) FROM events UNION ALL "
            + "SELECT (SELECT min(search) FROM events WHERE search > id) FROM ids WHERE id IS NOT NULL) "
            + "SELECT id FROM ids WHERE id IS NOT NULL",
            FirstText).Order(StringComparer.Ordinal)],
        cancellation);

    public Task<string?> FindAsync(string kind, string id, CancellationToken cancellation) =>
        ReadAsync(database => Find(database, kind, id), cancellation);

    public Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<KeyValuePair<string, string>>>(
            database => [.. database.Query(
                "SELECT id, json FROM documents WHERE kind = $1", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), kind)
                .OrderBy(document => document.Key, StringComparer.Ordinal)],
            cancellation);

    public Task PutAsync(string kind, string id, string json, CancellationToken cancellation) => writer.RunAsync(
        database => database.Execute("INSERT INTO documents VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET json = $3", kind, id, json),
        cancellation);

    public Task<string> PutIfAbsentAsync(string kind, string id, string json, CancellationToken cancellation) => writer.RunAsync(
        database => database.Execute("INSERT INTO documents VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", kind, id, json) > 0
            ? json
            : Find(database, kind, id)!,
        cancellation);

    public Task DeleteAsync(string kind, string id, CancellationToken cancellation) => writer.RunAsync(
        database => database.Execute("DELETE FROM documents WHERE kind = $1 AND id = $2", kind, id), cancellation);

    /// <summary>Finishes the writes that were asked for, and closes the file.</summary>
    public void Dispose()
    {
        writer.Dispose();
        readingTurn.Wait();
        reading.Dispose();
        writing.Dispose();
    }

    private static string FirstText(SqliteDataReader row) => row.GetString(0);

    private static StoredSearch? Load(SqliteDatabase database, string id)
    {
        List<(string, long)> rows = database.Query(
            "SELECT json, version FROM snapshots WHERE search = $1", row => (row.GetString(0), row.GetInt64(1)), id);
        (string? snapshot, long version) = rows.Count > 0 ? rows[0] : (null, 0L);
        IReadOnlyList<string> events = Events(database, id, version, int.MaxValue);
        return snapshot is null && events.Count == 0 ? null : new StoredSearch(snapshot, version, events);
    }

    private static IReadOnlyList<string> Events(SqliteDatabase database, string id, long after, int limit) => database.Query(
        "SELECT json FROM events WHERE search = $1 AND version > $2 ORDER BY version LIMIT $3", FirstText, id, after, limit);

    private static string? Find(SqliteDatabase database, string kind, string id) =>
        database.Query("SELECT json FROM documents WHERE kind = $1 AND id = $2", FirstText, kind, id).FirstOrDefault();

    private static long StoredVersion(SqliteDatabase database, string id) =>
        database.Query("SELECT coalesce(max(version), 0) FROM events WHERE search = $1", row => row.GetInt64(0), id)[0];

    /// <summary>The version is taken from memory where it fits; the primary key notices when another process has appended since.</summary>
    private bool Append(SqliteDatabase database, string id, long expectedVersion, IReadOnlyList<string> events)
    {
        if (versions.GetValueOrDefault(id, -1) != expectedVersion && StoredVersion(database, id) is long stored && stored != expectedVersion)
        {
            throw new ConcurrencyException(id, expectedVersion, stored);
        }

        long version = expectedVersion;
        foreach (string json in events)
        {
            if (database.Execute("INSERT INTO events VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", id, ++version, json) == 0)
            {
                versions.Remove(id);
                throw new ConcurrencyException(id, expectedVersion, StoredVersion(database, id));
            }
        }

        versions[id] = version;
        return true;
    }

    private async Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellation)
    {
        await readingTurn.WaitAsync(cancellation);
        try
        {
            return read(reading);
        }
        finally
        {
            readingTurn.Release();
        }
    }
}
