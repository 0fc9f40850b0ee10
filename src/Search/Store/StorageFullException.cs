namespace Bitcurve.Search.Store;

/// <summary>A disk or quota is full. What was stored before is intact; free some space and run again.</summary>
public sealed class StorageFullException(string path, Exception cause)
    : IOException($"No space left to write {path}; nothing that was saved before is lost. Free some space and run again.", cause)
{
    private const int NoSpaceUnix = 28;
    private const int QuotaUnix = 122;
    private const int DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>Whether an exception says that the disk or the quota is full.</summary>
    public static bool IsCauseOf(IOException problem) => problem.HResult is NoSpaceUnix or QuotaUnix or DiskFullWindows;
}
