using Npgsql;

namespace Bitcurve.Search.Store;

/// <summary>
/// The right of one server to host the searches of a schema: an advisory lock that the database drops with the connection, and an epoch that
/// each new owner raises. The lock tells a second server to stay away; the epoch, checked by every append within its own statement, stops an
/// owner that lost the lock without noticing. Thread-safe.
/// </summary>
internal sealed class PostgresOwnership : IAsyncDisposable
{
    /// <summary>How often to ask before a lock counts as held: the connection of a server that was just killed takes moments to go.</summary>
    private const int Attempts = 6;

    /// <summary>A lost connection is noticed after this time at the latest, or by the first append that fails.</summary>
    private const int KeepAliveSeconds = 1;
    private const string Key = "hashtextextended('bitcurve owner ' || current_schema(), 0)";

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly PostgresDatabase database;
    private readonly string connectionString;

    /// <summary>Tells this owner's connections from all others in the server's list.</summary>
    private readonly string signature = $"bitcurve {Guid.NewGuid():N}";

    private NpgsqlConnection? connection;
    private StoreInUseException? lost;

    private PostgresOwnership(PostgresDatabase database)
    {
        this.database = database;
        connectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString.ConnectionString)
        {
            ApplicationName = signature,
            Pooling = false,
            KeepAlive = KeepAliveSeconds,
        }.ConnectionString;
    }

    /// <summary>This owner's number; greater than those of all before.</summary>
    internal long Epoch { get; private set; }

    /// <exception cref="StoreInUseException">Another server holds it; the message says from where.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    internal static async Task<PostgresOwnership> TakeAsync(PostgresDatabase database, CancellationToken cancellation)
    {
        var ownership = new PostgresOwnership(database);
        try
        {
            for (int attempt = 1; !await ownership.TryLockAsync(cancellation); attempt++)
            {
                if (attempt == Attempts)
                {
                    Holder? holder = await database.RunAsync(session => HolderAsync(session, cancellation), cancellation);
                    throw new StoreInUseException(
                        $"{database.Name}: expected no other server on its searches, actual one at {holder?.Address ?? "an unknown address"}. "
                        + "Stop that server first, or choose another database or schema.");
                }

                await database.PauseAsync(attempt, cancellation);
            }

            await ownership.RaiseEpochAsync(cancellation);
            return ownership;
        }
        catch (Exception problem)
        {
            await ownership.DisposeAsync();
            if (PostgresErrors.Is(problem))
            {
                throw PostgresErrors.InOurWords(problem, database.Name);
            }

            throw;
        }
    }

    /// <summary>Takes the lock again where its connection was lost.</summary>
    /// <param name="asks">Whether to ask over the connection, rather than to trust that it is well until a sign of the contrary.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreInUseException">Another server took it meanwhile; from now on always.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached; try again.</exception>
    internal async Task HoldAsync(bool asks, CancellationToken cancellation)
    {
        if (!asks && lost is null && IsOpen)
        {
            return;
        }

        await turn.WaitAsync(cancellation);
        try
        {
            await RequireEpochAsync(cancellation);
            if (!IsOpen || !await AnswersAsync(cancellation))
            {
                await TakeAgainAsync(cancellation);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        turn.Dispose();
    }

    private bool IsOpen => connection is { FullState: System.Data.ConnectionState.Open };

    private sealed record Holder(string Name, string Address, int ProcessId);

    private static async Task<Holder?> HolderAsync(NpgsqlConnection session, CancellationToken cancellation)
    {
        // A key of 64 bits stands in pg_locks as two of 32.
        List<Holder> holders = await session.QueryAsync(
            $"""
            SELECT coalesce(application_name, ''), coalesce(host(client_addr), 'the database''s own machine'), pid
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND datname = current_database()
                AND database = datid AND ((classid::bigint << 32) | objid::bigint) = {Key}
            """,
            row => new Holder(row.GetString(0), row.GetString(1), row.GetInt32(2)),
            cancellation);
        return holders.FirstOrDefault();
    }

    private async Task<bool> TryLockAsync(CancellationToken cancellation)
    {
        var opened = new NpgsqlConnection(connectionString);
        try
        {
            await opened.OpenAsync(cancellation);
            if (await opened.ScalarAsync<bool>($"SELECT pg_try_advisory_lock({Key})", cancellation))
            {
                connection = opened;
            }
        }
        finally
        {
            if (connection != opened)
            {
                await opened.DisposeAsync();
            }
        }

        return connection == opened;
    }

    private async Task RaiseEpochAsync(CancellationToken cancellation) => Epoch = await connection!.ScalarAsync<long>(
        "INSERT INTO bitcurve_owner AS present VALUES (true, 1) ON CONFLICT (is_only) DO UPDATE SET epoch = present.epoch + 1 RETURNING epoch",
        cancellation);

    private async Task RequireEpochAsync(CancellationToken cancellation)
    {
        if (lost is null && await database.TryAsync(
            session => session.ScalarAsync<long>("SELECT epoch FROM bitcurve_owner", cancellation), cancellation) != Epoch)
        {
            lost = new StoreInUseException(
                $"{database.Name}: expected to be the only server on its searches, actual another one that took them over while the connection "
                + "was lost. Stop one of the two.");
        }

        if (lost is not null)
        {
            throw lost;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            return await connection!.ScalarAsync<int>("SELECT 1", cancellation) == 1;
        }
        catch (Exception problem) when (PostgresErrors.Is(problem) || problem is InvalidOperationException)
        {
            // Broken, or found broken by the keep-alive a moment ago.
            return false;
        }
    }

    private async Task TakeAgainAsync(CancellationToken cancellation)
    {
        await DropAsync();
        if (!await TryLockAsync(cancellation))
        {
            await EndOwnRemainsAsync(cancellation);
            throw new TimeoutException($"{database.Name}: expected the lock on its searches to be free again, actual not yet.");
        }

        // Between the question and the lock another server may have come and gone.
        await RequireEpochAsync(cancellation);
    }

    /// <summary>A connection that broke on the way may live on at the server's end and hold the lock against its own successor.</summary>
    private async Task EndOwnRemainsAsync(CancellationToken cancellation)
    {
        Holder? holder = await database.TryAsync(session => HolderAsync(session, cancellation), cancellation);
        if (holder?.Name == signature)
        {
            await database.TryAsync(
                session => session.ScalarAsync<bool>("SELECT pg_terminate_backend($1)", cancellation, holder.ProcessId), cancellation);
        }
    }

    private async ValueTask DropAsync()
    {
        if (connection is NpgsqlConnection dropped)
        {
            connection = null;
            await dropped.DisposeAsync();
        }
    }
}
