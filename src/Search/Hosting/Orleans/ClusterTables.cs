using System.Data.Common;
using Bitcurve.Search.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>The database of a silo: creates Orleans's tables where they are missing, before the silo starts.</summary>
internal sealed class ClusterTables : IHostedService, IDisposable
{
    /// <summary>Held while tables are created: several silos may start on an empty database at once. Any number of our own.</summary>
    private const long PostgresLock = 0x6269746375727665;

    private static readonly string[] PostgresScripts =
    [
        "PostgreSQL-Main", "PostgreSQL-Clustering", "PostgreSQL-Clustering-3.7.0", "PostgreSQL-Persistence", "PostgreSQL-Reminders",
        "PostgreSQL-Bitcurve",
    ];

    private static readonly string[] SqliteScripts = ["Sqlite-Main", "Sqlite-Persistence"];

    private readonly Func<ClusterTables, CancellationToken, Task> create;
    private SqliteConnection? open;

    private ClusterTables(string connectionString, Func<ClusterTables, CancellationToken, Task> create) =>
        (ConnectionString, this.create) = (connectionString, create);

    internal string ConnectionString { get; }

    public Task StartAsync(CancellationToken cancellationToken) => create(this, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => open?.Dispose();

    /// <exception cref="ArgumentException">The connection string does not parse; the message does not repeat it, for it may hold a password.</exception>
    internal static ClusterTables Postgres(string connectionString)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            return new ClusterTables(parsed.ConnectionString, (_, cancellation) => CreatePostgresAsync(parsed, cancellation));
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            throw new ArgumentException("Cluster: expected a PostgreSQL connection string such as 'Host=...;Database=...', actual another text.");
        }
    }

    /// <param name="file">Created where needed.</param>
    internal static ClusterTables Sqlite(string file) => new(SourceOf(file), (tables, cancellation) => tables.CreateSqliteAsync(file, cancellation));

    internal static Task AskPostgresAsync(string connectionString, CancellationToken cancellation) => OnPostgresAsync(
        new NpgsqlConnectionStringBuilder(connectionString), connection => ScalarAsync(connection, "SELECT 1", cancellation), cancellation);

    internal static async Task AskSqliteAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection(SourceOf(file));
            await connection.OpenAsync(cancellation);
            await ScalarAsync(connection, "SELECT 1 FROM OrleansQuery LIMIT 1", cancellation);
        }
        catch (SqliteException problem)
        {
            throw new StoreUnavailableException($"{file}: expected an answer, actual: {problem.Message}", problem);
        }
    }

    // Not pooled: a write that fails in the middle must not leave its transaction to the next one.
    private static string SourceOf(string file) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = false }.ToString();

    private static Task CreatePostgresAsync(NpgsqlConnectionStringBuilder database, CancellationToken cancellation) => OnPostgresAsync(
        database,
        async connection =>
        {
            await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({PostgresLock})", cancellation);
            if (await ScalarAsync(connection, "SELECT to_regclass('orleansquery')::text", cancellation) is null or DBNull)
            {
                await RunAsync(connection, PostgresScripts, cancellation);
            }

            await transaction.CommitAsync(cancellation);
        },
        cancellation);

    private static async Task OnPostgresAsync(NpgsqlConnectionStringBuilder database, Func<NpgsqlConnection, Task> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(cancellation);
            await work(connection);
        }
        catch (NpgsqlException problem)
        {
            string cause = problem.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
            throw new StoreUnavailableException(
                $"PostgreSQL at {database.Host}:{database.Port}, database {database.Database}: expected an answer, actual: {cause}.", problem);
        }
    }

    private async Task CreateSqliteAsync(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Stays open: closing the last connection would empty and delete the write-ahead log each time.
        open = new SqliteConnection(ConnectionString);
        await open.OpenAsync(cancellation);
        await ExecuteAsync(open, "PRAGMA journal_mode = WAL", cancellation);
        await ExecuteAsync(open, "BEGIN IMMEDIATE", cancellation);
        if (await ScalarAsync(open, "SELECT 1 FROM sqlite_master WHERE name = 'OrleansQuery'", cancellation) is null)
        {
            await RunAsync(open, SqliteScripts, cancellation);
        }

        await ExecuteAsync(open, "COMMIT", cancellation);
    }

    private static async Task RunAsync(DbConnection connection, IEnumerable<string> scripts, CancellationToken cancellation)
    {
        foreach (string script in scripts)
        {
            using Stream text = typeof(ClusterTables).Assembly.GetManifestResourceStream($"orleans/{script}.sql")
                ?? throw new InvalidOperationException($"Program: expected the script {script}.sql in it, actual none.");
            await ExecuteAsync(connection, await new StreamReader(text).ReadToEndAsync(cancellation), cancellation);
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation);
    }
}
