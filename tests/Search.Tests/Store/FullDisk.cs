using System.Diagnostics;

namespace Bitcurve.Search.Tests.Store;

/// <summary>A tiny file system in memory, to be filled to the brim. Needs Linux and the right to mount.</summary>
internal sealed class FullDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly bool mounted;

    public FullDisk(int sizeKb)
    {
        (int exitCode, string output) = OperatingSystem.IsLinux()
            ? Run("mount", "-t", "tmpfs", "-o", $"size={sizeKb}k", "none", folder.FullPath)
            : (1, "not Linux");
        mounted = exitCode == 0;
        if (!mounted)
        {
            folder.Dispose();
            Assert.Skip($"No small file system can be mounted here: {output.Trim()}");
        }
    }

    public string FullPath => folder.FullPath;

    public void Dispose()
    {
        if (mounted)
        {
            Run("umount", "--lazy", folder.FullPath);
            folder.Dispose();
        }
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string output = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            return (1, problem.Message);
        }
    }
}
