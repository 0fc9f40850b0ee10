using Bitcurve.Search.Store;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>
/// A server's folder, held by this process alone: <c>artifacts/</c>, <c>tokens</c>, the database <c>server.db</c> unless it is elsewhere,
/// and a <see cref="FolderLock"/>.
/// </summary>
public sealed class ServerFolder : IDisposable
{
    // The same name as that of a run's folder: the two must never share one, for either deletes artifacts that it does not know.
    private const string LockName = "search";

    private readonly FolderLock ownership;

    private ServerFolder(FolderLock ownership, long maximumArtifactBytes, string? artifacts)
    {
        this.ownership = ownership;
        Artifacts = new FileArtifactStore(artifacts ?? Path.Combine(FullPath, "artifacts"), maximumUploadBytes: maximumArtifactBytes);
        Artifacts.RemoveUnfinished();
    }

    public string FullPath => ownership.FullPath;

    public string DatabasePath => Path.Combine(FullPath, "server.db");

    /// <summary>Of a cluster with one member.</summary>
    public string ClusterDatabasePath => Path.Combine(FullPath, "cluster.db");

    public FileArtifactStore Artifacts { get; }

    /// <summary>Where a server's tokens are unless told otherwise.</summary>
    public static string TokensIn(string folder) => Path.Combine(folder, "tokens");

    /// <summary>Creates the folder where needed and takes it for this process.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="maximumArtifactBytes">Of an upload.</param>
    /// <param name="artifacts">Folder for artifacts that other processes use too; null for one within the folder.</param>
    /// <exception cref="SearchFolderInUseException">Another process holds it; the message names that process.</exception>
    /// <exception cref="StorageFullException">No space is left.</exception>
    /// <exception cref="ArgumentException">It is the folder of <c>bitcurve run</c>.</exception>
    public static ServerFolder Open(string path, long maximumArtifactBytes, string? artifacts = null)
    {
        FolderLock ownership = FolderLock.Take(path, LockName);
        try
        {
            return File.Exists(Path.Combine(ownership.FullPath, "search.db"))
                ? throw new ArgumentException($"--data {ownership.FullPath}: expected a server's folder or a new one, actual one of 'bitcurve run'.")
                : new ServerFolder(ownership, maximumArtifactBytes, artifacts);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    public void Dispose() => ownership.Dispose();
}
