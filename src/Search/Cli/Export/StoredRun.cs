using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Export;

/// <summary>The search in a run's folder as saved last; the run may be going on meanwhile.</summary>
/// <param name="Folder">Of the run.</param>
/// <param name="State">The search.</param>
/// <param name="Artifacts">Its checkpoints.</param>
internal sealed record StoredRun(string Folder, SearchState State, FileArtifactStore Artifacts)
{
    /// <exception cref="ArgumentException">The folder is none of a run.</exception>
    /// <exception cref="InvalidDataException">What is stored is no search of this version.</exception>
    internal static async Task<StoredRun> OpenAsync(string folder, CancellationToken cancellation)
    {
        // Looked for first: opening would create it.
        var database = Path.Combine(folder, "search.db");
        if (!File.Exists(database))
        {
            throw new ArgumentException($"{folder}: expected the folder of a 'bitcurve run' with a search.db, actual {(Directory.Exists(folder) ? "a folder without" : "no such folder")}");
        }

        using var store = new SqliteSearchStore(database);
        var search = await Journal.ReadAsync(store, RunSettings.SearchId, cancellation)
            ?? throw new ArgumentException($"{folder}: expected the search of a 'bitcurve run', actual a database without");
        return new(folder, search.State, new FileArtifactStore(Path.Combine(folder, "artifacts"), verifiesOnRead: true));
    }
}
