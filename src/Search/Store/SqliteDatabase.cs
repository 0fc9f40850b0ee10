using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bitcurve.Search.Store;

/// <summary>
/// One connection to a SQLite file: statements are prepared once, errors come in this project's words (<see cref="SqliteErrors"/>). For one
/// caller at a time.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutMs = 5000;

    /// <summary>SQLite waits for a busy file itself; the wrapper's own loop of waits need not go on for much longer. Seconds, 0 is for ever.</summary>
    private const int WrapperTimeout = 1;

    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private readonly SqliteConnection connection;
    private readonly string path;

    private SqliteDatabase(string path)
    {
        this.path = path;
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = WrapperTimeout };
        connection = new SqliteConnection(source.ToString());
    }

    /// <summary>Whether a transaction is open; SQLite may have ended it itself after an error.</summary>
    internal bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Opens or creates the file.</summary>
    internal static SqliteDatabase Open(string path)
    {
        var database = new SqliteDatabase(path);
        try
        {
            database.Guard(() =>
            {
                database.connection.Open();
                return 0;
            });
            database.Execute($"PRAGMA busy_timeout = {BusyTimeoutMs}");
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <param name="sql">With parameters <c>$1</c>, <c>$2</c>, ...</param>
    /// <param name="values">The parameters in order.</param>
    /// <returns>Rows changed.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object> values)
    {
        SqliteCommand command = Prepare(sql, values);
        return Guard(command.ExecuteNonQuery);
    }

    /// <inheritdoc cref="Execute"/>
    /// <returns>Every row, as <paramref name="read"/> reads it.</returns>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        SqliteCommand command = Prepare(sql, values);
        return Guard(() =>
        {
            var rows = new List<T>();
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (int number = 1; number <= values.Length; number++)
            {
                command.Parameters.Add(new SqliteParameter($"${number}", null));
            }

            prepared.Add(sql, command);
        }

        for (int index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        return command;
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem) when (SqliteErrors.InOurWords(problem, path) is Exception known)
        {
            throw known;
        }
    }
}
