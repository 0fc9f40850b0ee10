using Npgsql;

namespace Bitcurve.Search.Store;

/// <summary>
/// Journals and documents in PostgreSQL, in tables named <c>bitcurve_...</c> of the connection's first schema. An append is one statement,
/// so one round trip and one sync; the primary key (search, version) lets exactly one of several through. Thread-safe, also with several
/// processes.
/// </summary>
public sealed class PostgresSearchStore : ISearchStore, IDocumentStore, IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly PostgresOwnership? ownership;
    private readonly PostgresAppend append;

    private PostgresSearchStore(PostgresDatabase database, PostgresOwnership? ownership)
    {
        this.database = database;
        this.ownership = ownership;
        append = new PostgresAppend(database, ownership);
    }

    /// <summary>Connects, and creates the tables where they are missing.</summary>
    /// <param name="connectionString">As Npgsql reads it: Host, Port, Database, Username, Password, ...</param>
    /// <param name="exclusive">Whether to host the searches alone: no other store that asks for the same can be open meanwhile.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="time">For the pauses between attempts; the system's own unless a test says otherwise.</param>
    /// <exception cref="ArgumentException">The connection string does not parse.</exception>
    /// <exception cref="StoreInUseException">Another server hosts these searches.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached or does not let us in.</exception>
    public static async Task<PostgresSearchStore> OpenAsync(
        string connectionString, bool exclusive, CancellationToken cancellation, TimeProvider? time = null)
    {
        var database = new PostgresDatabase(connectionString, time ?? TimeProvider.System);
        try
        {
            await database.RunAsync(connection => PostgresSchema.EnsureAsync(connection, cancellation), cancellation);
            return new PostgresSearchStore(database, exclusive ? await PostgresOwnership.TakeAsync(database, cancellation) : null);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    // The snapshot is read first: events are never deleted, so whatever happens meanwhile, the later ones are complete.
    public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => database.RunAsync(
        async connection =>
        {
            List<(string, long)> rows = await connection.QueryAsync(
                "SELECT json, version FROM bitcurve_snapshots WHERE search = $1",
                row => (row.GetString(0), row.GetInt64(1)), cancellation, id);
            (string? snapshot, long version) = rows.Count > 0 ? rows[0] : (null, 0L);
            IReadOnlyList<string> events = await PostgresAppend.EventsAsync(connection, id, version, int.MaxValue, cancellation);
            return snapshot is null && events.Count == 0 ? null : new StoredSearch(snapshot, version, events);
        },
        cancellation);

    /// <inheritdoc/>
    /// <exception cref="StoreInUseException">The store was opened as the only one, lost its connection, and another server took over.</exception>
    public Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation) =>
        append.RunAsync(id, expectedVersion, [.. events], cancellation);

    public Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation) => ExecuteAsync(
        "INSERT INTO bitcurve_snapshots AS present VALUES ($1, $2, $3) "
        + "ON CONFLICT (search) DO UPDATE SET version = $2, json = $3 WHERE present.version < $2",
        cancellation, id, version, json);

    public Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation) => database.RunAsync(
        connection => PostgresAppend.EventsAsync(connection, id, after, limit, cancellation), cancellation);

    // Steps from id to id through the primary key; DISTINCT would read every event.
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation)
    {
        List<string> ids = await QueryAsync(
            "WITH RECURSIVE ids (id) AS (SELECT min(search) FROM bitcurve_events UNION ALL "
            + "SELECT (SELECT min(search) FROM bitcurve_events WHERE search > id) FROM ids WHERE id IS NOT NULL) "
            + "SELECT id FROM ids WHERE id IS NOT NULL",
            row => row.GetString(0), cancellation);
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    public Task<string?> FindAsync(string kind, string id, CancellationToken cancellation) => database.RunAsync(
        connection => connection.ScalarAsync<string>(
            "SELECT json FROM bitcurve_documents WHERE kind = $1 AND id = $2", cancellation, kind, id),
        cancellation);

    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string kind, CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> documents = await QueryAsync(
            "SELECT id, json FROM bitcurve_documents WHERE kind = $1",
            row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), cancellation, kind);
        return [.. documents.OrderBy(document => document.Key, StringComparer.Ordinal)];
    }

    public Task PutAsync(string kind, string id, string json, CancellationToken cancellation) => ExecuteAsync(
        "INSERT INTO bitcurve_documents VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET json = $3", cancellation, kind, id, json);

    // DO NOTHING would return no row where another one was first; replacing the text by itself returns it in the same statement.
    public async Task<string> PutIfAbsentAsync(string kind, string id, string json, CancellationToken cancellation) => (await database.RunAsync(
        connection => connection.ScalarAsync<string>(
            "INSERT INTO bitcurve_documents AS present VALUES ($1, $2, $3) "
            + "ON CONFLICT (kind, id) DO UPDATE SET json = present.json RETURNING json",
            cancellation, kind, id, json),
        cancellation))!;

    public Task DeleteAsync(string kind, string id, CancellationToken cancellation) => ExecuteAsync(
        "DELETE FROM bitcurve_documents WHERE kind = $1 AND id = $2", cancellation, kind, id);

    public async ValueTask DisposeAsync()
    {
        if (ownership is not null)
        {
            await ownership.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object[] values) => database.RunAsync(
        connection => connection.ExecuteAsync(sql, cancellation, values), cancellation);

    private Task<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] values) => database.RunAsync(
        connection => connection.QueryAsync(sql, read, cancellation, values), cancellation);
}
