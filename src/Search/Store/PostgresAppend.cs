using Npgsql;
using NpgsqlTypes;

namespace Bitcurve.Search.Store;

/// <summary>
/// Appends to a journal exactly once, over connections that may break at any moment. An attempt without an answer is simply repeated: had
/// it been carried out, the version no longer fits, and then the stored events tell whether they are ours.
/// </summary>
internal sealed class PostgresAppend(PostgresDatabase database, PostgresOwnership? ownership)
{
    /// <summary>$1 search, $2 expected version, $3 events, $4 the owner's epoch or null.</summary>
    private const string Insert =
        """
        WITH stored AS (SELECT coalesce(max(version), 0) AS version FROM bitcurve_events WHERE search = $1)
        INSERT INTO bitcurve_events (search, version, json)
        SELECT $1, $2 + appended.position, appended.json
        FROM stored, unnest($3) WITH ORDINALITY AS appended (json, position)
        WHERE stored.version = $2 AND ($4 IS NULL OR EXISTS (SELECT FROM bitcurve_owner WHERE epoch = $4))
        """;

    /// <inheritdoc cref="ISearchStore.AppendAsync"/>
    internal async Task RunAsync(string id, long expectedVersion, string[] events, CancellationToken cancellation)
    {
        bool isUncertain = false;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (ownership is not null)
                {
                    await ownership.HoldAsync(asks: isUncertain, cancellation);
                }

                if (!await TryInsertAsync(id, expectedVersion, events, cancellation))
                {
                    await RequireStoredAsync(id, expectedVersion, events, isUncertain, cancellation);
                }

                return;
            }
            catch (Exception problem) when (PostgresErrors.Is(problem))
            {
                if (!PostgresErrors.IsTransient(problem))
                {
                    throw PostgresErrors.InOurWords(problem, database.Name);
                }

                isUncertain = true;
            }

            await database.PauseAsync(attempt, cancellation);
        }
    }

    internal static async Task<IReadOnlyList<string>> EventsAsync(
        NpgsqlConnection connection, string id, long after, int limit, CancellationToken cancellation) => await connection.QueryAsync(
        "SELECT json FROM bitcurve_events WHERE search = $1 AND version > $2 ORDER BY version LIMIT $3",
        row => row.GetString(0), cancellation, id, after, limit);

    private Task<bool> TryInsertAsync(string id, long expectedVersion, string[] events, CancellationToken cancellation) => database.TryAsync(
        async connection =>
        {
            await using NpgsqlCommand insert = connection.Command(Insert, id, expectedVersion, events);
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = (object?)ownership?.Epoch ?? DBNull.Value });
            try
            {
                return await insert.ExecuteNonQueryAsync(cancellation) == events.Length;
            }
            catch (PostgresException problem) when (PostgresErrors.IsUniqueViolation(problem))
            {
                return false;
            }
        },
        cancellation);

    /// <summary>Why was nothing inserted? Perhaps because an attempt whose answer was lost had been carried out. Otherwise throws.</summary>
    private async Task RequireStoredAsync(
        string id, long expectedVersion, string[] events, bool isUncertain, CancellationToken cancellation)
    {
        IReadOnlyList<string> stored = await database.TryAsync(
            connection => EventsAsync(connection, id, expectedVersion, events.Length, cancellation), cancellation);
        if (isUncertain && stored.SequenceEqual(events))
        {
            return;
        }

        if (ownership is not null)
        {
            await ownership.HoldAsync(asks: true, cancellation);
        }

        throw new ConcurrencyException(id, expectedVersion, await database.TryAsync(
            connection => connection.ScalarAsync<long>(
                "SELECT coalesce(max(version), 0) FROM bitcurve_events WHERE search = $1", cancellation, id),
            cancellation));
    }
}
