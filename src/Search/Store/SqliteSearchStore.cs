using Microsoft.Data.Sqlite;

namespace Bitcurve.Search.Store;

/// <summary>
/// Journals in one SQLite file. Write-ahead log with a full sync per commit, so what was saved survives a killed process and a power cut.
/// One connection, used by one caller at a time.
/// </summary>
public sealed class SqliteSearchStore : ISearchStore, IDisposable
{
    private const int BusyTimeoutMs = 5000;
    private const int SqliteFull = 13;

    /// <summary>SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow.</summary>
    private const int SharedMemorySize = 4874;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly string path;

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="StorageFullException">No space is left to create it.</exception>
    /// <exception cref="InvalidDataException">The file is no SQLite database.</exception>
    public SqliteSearchStore(string path)
    {
        this.path = Path.GetFullPath(path);
        string source = new SqliteConnectionStringBuilder { DataSource = this.path, Pooling = false }.ToString();
        connection = new SqliteConnection(source);
        try
        {
            Guard(() =>
            {
                connection.Open();
                Execute($"PRAGMA busy_timeout = {BusyTimeoutMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
                Execute("CREATE TABLE IF NOT EXISTS snapshots (id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;");
                Execute("CREATE TABLE IF NOT EXISTS events (search TEXT, version INTEGER, json TEXT NOT NULL, PRIMARY KEY (search, version)) WITHOUT ROWID;");
                return true;
            });
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => Task.FromResult(Guard(() => Load(id)));

    public Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation) =>
        Task.FromResult(Guard(() => Append(id, expectedVersion, events)));

    public Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation) => Task.FromResult(Guard(() =>
    {
        using SqliteCommand command = Command(
            "INSERT INTO snapshots VALUES ($id, $version, $json) ON CONFLICT (id) DO UPDATE SET version = $version, json = $json "
            + "WHERE version < $version",
            ("$id", id), ("$version", version), ("$json", json));
        return command.ExecuteNonQuery();
    }));

    public Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation) =>
        Task.FromResult(Guard(() => Read(id, after, limit)));

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => Task.FromResult(Guard(() =>
        Strings(Command("SELECT DISTINCT search FROM events ORDER BY search"))));

    public void Dispose()
    {
        lock (gate)
        {
            connection.Dispose();
        }
    }

    private StoredSearch? Load(string id)
    {
        using SqliteCommand command = Command("SELECT json, version FROM snapshots WHERE id = $id", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        (string? snapshot, long version) = reader.Read() ? (reader.GetString(0), reader.GetInt64(1)) : (null, 0);
        IReadOnlyList<string> events = Read(id, version, int.MaxValue);
        return snapshot is null && events.Count == 0 ? null : new StoredSearch(snapshot, version, events);
    }

    private IReadOnlyList<string> Read(string id, long after, int limit) => Strings(Command(
        "SELECT json FROM events WHERE search = $id AND version > $after ORDER BY version LIMIT $limit",
        ("$id", id), ("$after", after), ("$limit", limit)));

    private bool Append(string id, long expectedVersion, IReadOnlyList<string> events)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand last = Command("SELECT coalesce(max(version), 0) FROM events WHERE search = $id", ("$id", id));
        long version = (long)last.ExecuteScalar()!;
        if (version != expectedVersion)
        {
            throw new ConcurrencyException(id, expectedVersion, version);
        }

        foreach (string json in events)
        {
            using SqliteCommand insert = Command(
                "INSERT INTO events VALUES ($id, $version, $json)", ("$id", id), ("$version", ++version), ("$json", json));
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    }

    private static IReadOnlyList<string> Strings(SqliteCommand command)
    {
        using SqliteCommand owned = command;
        var texts = new List<string>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = Command(sql);
        command.ExecuteNonQuery();
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            lock (gate)
            {
                return work();
            }
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == SqliteFull || problem.SqliteExtendedErrorCode == SharedMemorySize)
        {
            throw new StorageFullException(path, problem);
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new InvalidDataException($"{path}: expected a SQLite database, actual another kind of file.", problem);
        }
    }
}
