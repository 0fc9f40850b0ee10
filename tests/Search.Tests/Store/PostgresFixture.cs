using Bitcurve.Tests.Shared;
using Npgsql;

namespace Bitcurve.Search.Tests.Store;

/// <summary>One PostgreSQL for all tests that need one; they run one after another, each in a schema of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresFixture : IDisposable, ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";

    private readonly PostgresInstance? instance;
    private readonly string? reason;
    private int schemas;

    public PostgresFixture() => instance = PostgresInstance.Create(out reason);

    internal PostgresInstance InstanceOrSkip()
    {
        Assert.SkipWhen(instance is null, $"{reason}");
        return instance!;
    }

    /// <summary>The connection string of a new, empty schema.</summary>
    internal async Task<string> NewSchemaOrSkipAsync()
    {
        string schema = $"test{++schemas}";
        await using NpgsqlConnection connection = await OpenAsync(InstanceOrSkip().ConnectionString);
        await ExecuteAsync(connection, $"CREATE SCHEMA {schema}");
        return $"{instance!.ConnectionString};Search Path={schema}";
    }

    internal static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        // Not from a pool: a restart of the server would leave broken ones in it.
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Asks again and again until the answer is a value other than null and false.</summary>
    internal static async Task<object> UntilAsync(NpgsqlConnection connection, string sql)
    {
        // Bounds a hang; no test waits for it.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (await ScalarAsync(connection, sql) is object answer and not DBNull and not false)
            {
                return answer;
            }
        }
    }

    public void Dispose() => instance?.Dispose();
}
