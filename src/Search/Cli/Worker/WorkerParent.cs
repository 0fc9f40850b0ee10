using System.Diagnostics;
using System.Globalization;
using Bitcurve.Workers.Agent.Supervision;

namespace Bitcurve.Search.Cli;

/// <summary>The parent of a worker's processes: it only starts them, watches them, and asks them to leave.</summary>
internal static class WorkerParent
{
    /// <summary>What a child reads on its standard input when it is to leave; an end without this word means that its parent died.</summary>
    internal const string LeaveWord = "leave";

    // A child has its grace and its farewell, and then no more.
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(28);

    internal static async Task<int> RunAsync(WorkerSettings settings, CancellationToken leave)
    {
        var devices = settings.DeviceNames();
        using var folder = WorkerFolder.Open(settings.Data);
        var threads = settings.Threads ?? Math.Max(1, Environment.ProcessorCount / devices.Count);
        var supervisor = new SlotSupervisor(
            (device, asked) => RunProcessAsync(StartInfo(device, settings.Threads is null ? threads : null), asked),
            TimeProvider.System,
            line => Console.Error.WriteLine($"bitcurve worker {settings.Name}/{line}"));
        return await supervisor.RunAsync(devices, leave);
    }

    // This very command line, for one device.
    private static ProcessStartInfo StartInfo(string device, int? threads)
    {
        var line = Environment.GetCommandLineArgs();
        var executable = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(executable) == "dotnet";
        IEnumerable<string> share = threads is { } count ? ["--threads", count.ToString(CultureInfo.InvariantCulture)] : [];
        return new ProcessStartInfo(executable, [.. isHost ? line : line.Skip(1), .. share, "--slot", device])
        {
            RedirectStandardInput = true,
        };
    }

    private static async Task<int> RunProcessAsync(ProcessStartInfo start, CancellationToken leave)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName}: expected a process, actual none");
        try
        {
            await process.WaitForExitAsync(leave);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            await LeaveAsync(process);
        }

        return process.ExitCode;
    }

    private static async Task LeaveAsync(Process process)
    {
        using var limit = new CancellationTokenSource(LongestLeave);
        try
        {
            await process.StandardInput.WriteLineAsync(LeaveWord);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.WaitForExit(LongestLeave))
        {
            // It had ended already: there was nobody to read the word.
            return;
        }

        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
