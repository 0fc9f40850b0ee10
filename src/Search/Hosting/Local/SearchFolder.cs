using Bitcurve.Search.Store;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>A search's folder, held by this process alone: <c>search.db</c>, <c>artifacts/</c>, and a <see cref="FolderLock"/>.</summary>
public sealed class SearchFolder : IDisposable
{
    private readonly FolderLock ownership;

    private SearchFolder(FolderLock ownership)
    {
        this.ownership = ownership;
        Searches = new SqliteSearchStore(Path.Combine(FullPath, "search.db"));
        Artifacts = new FileArtifactStore(Path.Combine(FullPath, "artifacts"));
        Artifacts.RemoveUnfinished();
    }

    public string FullPath => ownership.FullPath;

    public SqliteSearchStore Searches { get; }

    public FileArtifactStore Artifacts { get; }

    /// <summary>Creates the folder where needed and takes it for this process.</summary>
    /// <exception cref="SearchFolderInUseException">Another process holds it; the message names that process.</exception>
    /// <exception cref="StorageFullException">No space is left.</exception>
    public static SearchFolder Open(string path)
    {
        FolderLock ownership = FolderLock.Take(path, "search");
        try
        {
            return new SearchFolder(ownership);
        }
        catch (IOException problem) when (StorageFullException.IsCauseOf(problem))
        {
            ownership.Dispose();
            throw new StorageFullException(ownership.FullPath, problem);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Searches.Dispose();
        ownership.Dispose();
    }
}
