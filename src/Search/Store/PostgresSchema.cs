using Npgsql;

namespace Bitcurve.Search.Store;

/// <summary>The tables, in the connection's first schema. Text is compared by its bytes and stored as it came: jsonb would rewrite it.</summary>
internal static class PostgresSchema
{
    private const string Exists =
        "SELECT count(*) FROM unnest(ARRAY['bitcurve_events', 'bitcurve_snapshots', 'bitcurve_documents', 'bitcurve_owner']) AS name "
        + "WHERE to_regclass(name) IS NULL";

    // Sent together, so one transaction. CREATE TABLE IF NOT EXISTS is not safe against itself; the lock ends with the transaction.
    private const string Create =
        """
        SELECT pg_advisory_xact_lock(hashtextextended('bitcurve tables ' || current_schema(), 0));
        CREATE TABLE IF NOT EXISTS bitcurve_events
            (search text COLLATE "C", version bigint, json text NOT NULL, PRIMARY KEY (search, version));
        CREATE TABLE IF NOT EXISTS bitcurve_snapshots
            (search text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, json text NOT NULL);
        CREATE TABLE IF NOT EXISTS bitcurve_documents
            (kind text COLLATE "C", id text COLLATE "C", json text NOT NULL, PRIMARY KEY (kind, id));
        CREATE TABLE IF NOT EXISTS bitcurve_owner
            (is_only boolean PRIMARY KEY CHECK (is_only), epoch bigint NOT NULL);
        """;

    /// <summary>Creates what is missing; where nothing is, no right to create is needed.</summary>
    internal static async Task<bool> EnsureAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        bool isMissing = await connection.ScalarAsync<long>(Exists, cancellation) > 0;
        if (isMissing)
        {
            await connection.ExecuteAsync(Create, cancellation);
        }

        return isMissing;
    }
}
