using Bitcurve.Search.Store;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>A folder held by this process alone, through a lock that the operating system drops with the process, however it dies.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream ownership;
    private readonly string ownerPath;

    private FolderLock(string folder, FileStream ownership, string ownerPath)
    {
        FullPath = folder;
        this.ownership = ownership;
        this.ownerPath = ownerPath;
    }

    public string FullPath { get; }

    /// <summary>Creates the folder where needed and takes it for this process.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="name">Of the two files: NAME.lock, and NAME.pid with the number of the process that holds it.</param>
    /// <exception cref="SearchFolderInUseException">Another process holds it; the message names that process.</exception>
    /// <exception cref="StorageFullException">No space is left.</exception>
    public static FolderLock Take(string path, string name)
    {
        string folder = Path.GetFullPath(path);
        string ownerPath = Path.Combine(folder, $"{name}.pid");
        FileStream? ownership = null;
        try
        {
            Directory.CreateDirectory(folder);
            ownership = TakeOwnership(folder, Path.Combine(folder, $"{name}.lock"), ownerPath);
            File.WriteAllText(ownerPath, $"{Environment.ProcessId}\n");
            return new FolderLock(folder, ownership, ownerPath);
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
        File.Delete(ownerPath);
        ownership.Dispose();
    }

    private static FileStream TakeOwnership(string folder, string path, string ownerPath)
    {
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
