using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Bitcurve.Search.Store;

/// <summary>What SQLite complains about, in this project's words.</summary>
internal static class SqliteErrors
{
    /// <summary>Null for a complaint about the statement itself: that is a fault of ours.</summary>
    internal static Exception? InOurWords(SqliteException problem, string path) => problem switch
    {
        // SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow.
        { SqliteErrorCode: SQLITE_FULL } or { SqliteExtendedErrorCode: SQLITE_IOERR_SHMSIZE } => new StorageFullException(path, problem),
        { SqliteErrorCode: SQLITE_NOTADB } =>
            new InvalidDataException($"{path}: expected a SQLite database, actual another kind of file.", problem),
        { SqliteErrorCode: SQLITE_CORRUPT } => new InvalidDataException($"{path}: expected an intact SQLite database, actual a damaged one.", problem),
        { SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED } =>
            new StoreUnavailableException($"{path}: expected a database that is free, actual one that another process writes to.", problem),
        { SqliteErrorCode: SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_PERM } =>
            new StoreUnavailableException($"{path}: expected a file that can be read and written, actual: {problem.Message}", problem),
        _ => null,
    };
}
