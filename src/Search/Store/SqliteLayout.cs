namespace Bitcurve.Search.Store;

/// <summary>The tables of a database file, with a number that says which ones they are (<c>PRAGMA user_version</c>).</summary>
internal static class SqliteLayout
{
    private const long Present = 2;

    /// <summary>Creates the tables in a new file.</summary>
    /// <exception cref="InvalidDataException">The file is of another version of this program; nothing is changed.</exception>
    internal static void Require(SqliteDatabase database, string path)
    {
        long actual = Number(database);
        if (actual == Present)
        {
            return;
        }

        if (actual != 0)
        {
            throw new InvalidDataException(
                $"{path}: expected a database of layout {Present}, actual one of layout {actual}. Choose another folder.");
        }

        database.Execute("CREATE TABLE IF NOT EXISTS snapshots (search TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID");
        database.Execute("CREATE TABLE IF NOT EXISTS events (search TEXT, version INTEGER, json TEXT NOT NULL, PRIMARY KEY (search, version)) WITHOUT ROWID");
        database.Execute("CREATE TABLE IF NOT EXISTS documents (kind TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID");
        database.Execute($"PRAGMA user_version = {Present}");
    }

    /// <summary>The first layout did not number itself; it had one table, of states instead of events.</summary>
    private static long Number(SqliteDatabase database)
    {
        long number = database.Query("PRAGMA user_version", row => row.GetInt64(0))[0];
        bool isFirst = database.Query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'searches'", _ => true).Count > 0;
        return number == 0 && isFirst ? 1 : number;
    }
}
