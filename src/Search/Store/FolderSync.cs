using System.Runtime.InteropServices;

namespace Bitcurve.Search.Store;

/// <summary>Brings a folder's entries to the disk: a file that was synced can still lose its name in a power cut.</summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>EINVAL: a file system that cannot sync folders, some network ones.</summary>
    private const int Unsupported = 22;

    /// <summary>Does nothing on Windows and on file systems that have no such call.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(folder, ReadOnly);
        bool succeeded = descriptor >= 0 && Sync(descriptor) == 0;
        int error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (!succeeded && error != Unsupported)
        {
            throw new IOException($"{folder}: expected a folder that can be synced, actual: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
