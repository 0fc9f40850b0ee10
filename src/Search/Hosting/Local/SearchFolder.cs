using Bitcurve.Search.Store;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>
/// A search's folder, held by this process alone: <c>search.db</c>, <c>artifacts/</c>, and a lock that the operating system drops with the
/// process, however it dies.
/// </summary>
public sealed class SearchFolder : IDisposable
{
    private readonly FileStream ownership;
    private readonly string ownerPath;

    private SearchFolder(string path, FileStream ownership, string ownerPath)
    {
        this.ownership = ownership;
        this.ownerPath = ownerPath;
        FullPath = path;
        Searches = new SqliteSearchStore(Path.Combine(path, "search.db"));
        Artifacts = new FileArtifactStore(Path.Combine(path, "artifacts"));
        Artifacts.RemoveUnfinished();
    }

    public string FullPath { get; }

    public SqliteSearchStore Searches { get; }

    public FileArtifactStore Artifacts { get; }

    /// <summary>Creates the folder where needed and takes it for this process.</summary>
    /// <exception cref="SearchFolderInUseException">Another process holds it; the message names that process.</exception>
    /// <exception cref="StorageFullException">No space is left.</exception>
    public static SearchFolder Open(string path)
    {
        string folder = Path.GetFullPath(path);
        string ownerPath = Path.Combine(folder, "search.pid");
        FileStream? ownership = null;
        try
        {
            Directory.CreateDirectory(folder);
            ownership = TakeOwnership(folder, ownerPath);
            File.WriteAllText(ownerPath, $"{Environment.ProcessId}\n");
            return new SearchFolder(folder, ownership, ownerPath);
        }
        catch (IOException problem) when (StorageFullException.IsCauseOf(problem))
        {
            ownership?.Dispose();
            throw new StorageFullException(folder, problem);
        }
        catch
        {
            ownership?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Searches.Dispose();
        File.Delete(ownerPath);
        ownership.Dispose();
    }

    private static FileStream TakeOwnership(string folder, string ownerPath)
    {
        string path = Path.Combine(folder, "search.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (!StorageFullException.IsCauseOf(problem) && File.Exists(path))
        {
            // The owner writes its number into a second file: the locked one cannot be read while it is locked.
            string owner = File.Exists(ownerPath) ? $"process {File.ReadAllText(ownerPath).Trim()}" : "another process";
            throw new SearchFolderInUseException(folder, owner);
        }
    }
}
