using Npgsql;

namespace Bitcurve.Search.Store;

/// <summary>The way to a PostgreSQL database: its pool, its name for messages, and when to try again. Thread-safe.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>For what can be asked again by the caller: about a second in all, long enough for a connection that went stale.</summary>
    private const int Attempts = 5;

    /// <summary>Commits of concurrent transactions share their sync; more connections than this gain nothing and cost the server memory.</summary>
    private const int DefaultPoolSize = 16;

    /// <summary>A server may be set to answer before it has synced; a setting that is stronger than ours stays.</summary>
    private const string Durable =
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider time;

    /// <exception cref="ArgumentException">The connection string does not parse; the message does not repeat it, for it may hold a password.</exception>
    internal PostgresDatabase(string connectionString, TimeProvider time)
    {
        this.time = time;
        ConnectionString = Parse(connectionString);
        Name = $"PostgreSQL at {ConnectionString.Host}:{ConnectionString.Port}, database {ConnectionString.Database ?? ConnectionString.Username}";
        var builder = new NpgsqlDataSourceBuilder(ConnectionString.ConnectionString);
        builder.UsePhysicalConnectionInitializer(MakeDurable, MakeDurableAsync);
        source = builder.Build();
    }

    internal NpgsqlConnectionStringBuilder ConnectionString { get; }

    /// <summary>Host, port and database; never the password.</summary>
    internal string Name { get; }

    /// <summary>One attempt, on a connection from the pool.</summary>
    internal async Task<T> TryAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
        return await work(connection);
    }

    /// <summary>A few attempts. For work that does no harm when it is done twice.</summary>
    /// <exception cref="StoreUnavailableException">None succeeded.</exception>
    /// <exception cref="StorageFullException">The server has no space left.</exception>
    internal async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(work, cancellation);
            }
            catch (Exception problem) when (PostgresErrors.Is(problem))
            {
                if (attempt == Attempts || !PostgresErrors.IsTransient(problem))
                {
                    throw PostgresErrors.InOurWords(problem, Name);
                }
            }

            await PauseAsync(attempt, cancellation);
        }
    }

    /// <summary>Waits before the next attempt, longer each time, and lets go of connections that may be as dead as the last one.</summary>
    /// <param name="attempt">Attempts so far, from 1.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal Task PauseAsync(int attempt, CancellationToken cancellation)
    {
        source.Clear();
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(attempt, 16) - 1);
        return Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellation);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            parsed.ApplicationName ??= "bitcurve";
            // Sessions stay as the initializer left them; resetting would undo it.
            parsed.NoResetOnClose = true;
            parsed.MaxPoolSize = parsed.ShouldSerialize("Maximum Pool Size") ? parsed.MaxPoolSize : DefaultPoolSize;
            return parsed;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentException(
                "PostgreSQL: expected a connection string such as 'Host=localhost;Port=5432;Database=bitcurve;Username=bitcurve;Password=...', "
                + "actual one that does not parse.");
        }
    }

    private static void MakeDurable(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = connection.Command(Durable);
        command.ExecuteNonQuery();
    }

    private static async Task MakeDurableAsync(NpgsqlConnection connection)
    {
        await using NpgsqlCommand command = connection.Command(Durable);
        await command.ExecuteNonQueryAsync();
    }
}
