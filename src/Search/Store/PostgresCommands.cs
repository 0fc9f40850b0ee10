using Npgsql;

namespace Bitcurve.Search.Store;

/// <summary>Statements with parameters <c>$1</c>, <c>$2</c>, ..., each one round trip.</summary>
internal static class PostgresCommands
{
    internal static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <returns>Rows changed.</returns>
    internal static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using NpgsqlCommand command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>The first column of the first row; null when there is no row or it is null.</returns>
    internal static async Task<T?> ScalarAsync<T>(
        this NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using NpgsqlCommand command = connection.Command(sql, values);
        object? value = await command.ExecuteScalarAsync(cancellation);
        return value is null or DBNull ? default : (T)value;
    }

    /// <returns>Every row, as <paramref name="read"/> reads it.</returns>
    internal static async Task<List<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] values)
    {
        await using NpgsqlCommand command = connection.Command(sql, values);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
