namespace Bitcurve.Search.Cli;

/// <summary>A worker's folder, held by one parent process; the operating system drops the lock with it, however it dies.</summary>
internal sealed class WorkerFolder : IDisposable
{
    private readonly FileStream ownership;
    private readonly string ownerPath;

    private WorkerFolder(FileStream ownership, string ownerPath) => (this.ownership, this.ownerPath) = (ownership, ownerPath);

    /// <exception cref="IOException">Another process holds it, or it cannot be written; the message says which.</exception>
    internal static WorkerFolder Open(string path)
    {
        Directory.CreateDirectory(path);
        var ownerPath = Path.Combine(path, "worker.pid");
        var ownership = TakeOwnership(path, ownerPath);
        File.WriteAllText(ownerPath, $"{Environment.ProcessId}\n");
        return new WorkerFolder(ownership, ownerPath);
    }

    public void Dispose()
    {
        File.Delete(ownerPath);
        ownership.Dispose();
    }

    private static FileStream TakeOwnership(string folder, string ownerPath)
    {
        var path = Path.Combine(folder, "worker.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (File.Exists(ownerPath))
        {
            throw new IOException(
                $"{folder} is in use by process {File.ReadAllText(ownerPath).Trim()}. Stop that worker first, or choose another folder (--data).", problem);
        }
    }
}
