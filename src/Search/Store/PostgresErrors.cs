using System.Net.Sockets;
using Npgsql;

namespace Bitcurve.Search.Store;

/// <summary>What PostgreSQL and its client complain about, in this project's words.</summary>
internal static class PostgresErrors
{
    /// <summary>Conditions that pass by themselves and that the client does not count among them: a server that stops, starts or changes roles.</summary>
    private static readonly HashSet<string> Passing =
    [
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow,
        PostgresErrorCodes.ReadOnlySqlTransaction, PostgresErrorCodes.QueryCanceled, "57P05",
    ];

    /// <summary>Whether it comes from the database or the way to it.</summary>
    internal static bool Is(Exception problem) => problem is NpgsqlException or SocketException or TimeoutException;

    internal static bool IsDiskFull(Exception problem) => problem is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    internal static bool IsUniqueViolation(PostgresException problem) => problem.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>Whether trying again may help. A broken connection says nothing about whether the last statement was carried out.</summary>
    internal static bool IsTransient(Exception problem) => problem switch
    {
        PostgresException answer => !IsDiskFull(answer) && (answer.IsTransient || Passing.Contains(answer.SqlState)),
        NpgsqlException lost => lost.IsTransient,
        _ => Is(problem),
    };

    /// <param name="problem">One that <see cref="Is"/> knows.</param>
    /// <param name="database">Names it in the message.</param>
    internal static Exception InOurWords(Exception problem, string database) => IsDiskFull(problem)
        ? new StorageFullException(database, problem)
        : new StoreUnavailableException($"{database}: expected an answer, actual: {Cause(problem)}.", problem);

    /// <summary>The innermost message, on one line.</summary>
    private static string Cause(Exception problem)
    {
        string text = problem is PostgresException answer
            ? $"{answer.SqlState} {answer.MessageText}"
            : problem.GetBaseException().Message;
        return text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
    }
}
