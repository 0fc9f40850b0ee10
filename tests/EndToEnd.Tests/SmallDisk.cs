using System.Diagnostics;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A file system of a given size, in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Mounts one; where this machine does not let us, the test is skipped with that reason.</summary>
    internal static SmallDisk MountOrSkip(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "bitcurve-test", folder) is { } reason)
        {
            Assert.Skip($"a full disk needs a small file system, and this machine does not mount one: {reason}");
        }

        return new SmallDisk(folder);
    }

    internal void Grow(int megabytes) => Assert.Null(Run("mount", "-o", $"remount,size={megabytes}m", folder));

    public void Dispose() => Run("umount", folder);

    // Null when it worked, otherwise the first line of the complaint.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Split('\n')[0];
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
