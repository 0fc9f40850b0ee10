using Microsoft.Data.Sqlite;

namespace Bitcurve.Search.Store;

/// <summary>
/// Searches in one SQLite file. Write-ahead log with a full sync per commit, so what was saved survives a killed process and a power cut.
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
                Execute("CREATE TABLE IF NOT EXISTS searches (id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL);");
                return true;
            });
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => Task.FromResult(Guard(() =>
    {
        using SqliteCommand command = Command("SELECT json, version FROM searches WHERE id = $id", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? new StoredSearch(reader.GetString(0), Etag(reader.GetInt64(1))) : null;
    }));

    public Task<string> SaveAsync(string id, string json, string? expectedEtag, CancellationToken cancellation) =>
        Task.FromResult(Guard(() => Save(id, json, expectedEtag)));

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => Task.FromResult(Guard<IReadOnlyList<string>>(() =>
    {
        var ids = new List<string>();
        using SqliteCommand command = Command("SELECT id FROM searches ORDER BY id");
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }));

    public void Dispose()
    {
        lock (gate)
        {
            connection.Dispose();
        }
    }

    private static string Etag(long version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Save(string id, string json, string? expectedEtag)
    {
        long version = expectedEtag is null ? 0 : long.TryParse(expectedEtag, out long parsed) ? parsed : -1;
        using SqliteCommand command = expectedEtag is null
            ? Command("INSERT INTO searches VALUES ($id, 1, $json) ON CONFLICT (id) DO NOTHING", ("$id", id), ("$json", json))
            : Command(
                "UPDATE searches SET json = $json, version = version + 1 WHERE id = $id AND version = $version",
                ("$id", id), ("$json", json), ("$version", version));
        return command.ExecuteNonQuery() == 1 ? Etag(version + 1) : throw new ConcurrencyException(id, expectedEtag, StoredEtag(id));
    }

    private string? StoredEtag(string id)
    {
        using SqliteCommand command = Command("SELECT version FROM searches WHERE id = $id", ("$id", id));
        return command.ExecuteScalar() is long version ? Etag(version) : null;
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
