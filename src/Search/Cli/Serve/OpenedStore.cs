using Bitcurve.Search.Store;

namespace Bitcurve.Search.Cli.Serve;

/// <summary>The database that a server was told to use, open.</summary>
/// <param name="Name"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="Searches">Journals.</param>
/// <param name="Documents">Workers, workloads, keys.</param>
/// <param name="Owner">To be closed at the end.</param>
internal sealed record OpenedStore(string Name, ISearchStore Searches, IDocumentStore Documents, IAsyncDisposable Owner) : IAsyncDisposable
{
    /// <exception cref="ArgumentException">Neither sqlite nor a connection string.</exception>
    /// <exception cref="StoreInUseException">Another server hosts these searches.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    internal const string Sqlite = "sqlite";
    internal const string Postgres = "postgresql";

    internal static async Task<OpenedStore> OpenAsync(string store, string sqlitePath, CancellationToken cancellation)
    {
        if (store == Sqlite)
        {
            var sqlite = new SqliteSearchStore(sqlitePath);
            return new OpenedStore(Sqlite, sqlite, sqlite, new Closing(sqlite));
        }

        PostgresSearchStore postgres = await PostgresSearchStore.OpenAsync(store, exclusive: true, cancellation);
        return new OpenedStore(Postgres, postgres, postgres, postgres);
    }

    /// <exception cref="ArgumentException">It names no store.</exception>
    internal static void Check(string store)
    {
        if (store != Sqlite && !store.Contains('=', StringComparison.Ordinal))
        {
            throw new ArgumentException($"--store: expected sqlite or a PostgreSQL connection string with Host=..., actual '{store}'.");
        }
    }

    public ValueTask DisposeAsync() => Owner.DisposeAsync();

    private sealed class Closing(IDisposable store) : IAsyncDisposable
    {
        /// <exception cref="ArgumentException">It names no store.</exception>
        internal static void Check(string store)
        {
            if (store != Sqlite && !store.Contains('=', StringComparison.Ordinal))
            {
                throw new ArgumentException($"--store: expected sqlite or a PostgreSQL connection string with Host=..., actual '{store}'.");
            }
        }

        public ValueTask DisposeAsync()
        {
            store.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
