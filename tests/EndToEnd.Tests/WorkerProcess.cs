using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A real <c>bitcurve worker</c> with one device process.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private WorkerProcess(Process process, string name)
    {
        this.process = process;
        Name = name;
        reading = ReadAsync();
    }

    internal string Name { get; }

    /// <summary>As the server calls it.</summary>
    internal string WorkerId => $"{Name}/cpu";

    /// <summary>Everything said on standard error so far.</summary>
    internal IEnumerable<string> Lines => lines;

    internal static WorkerProcess Start(Scratch scratch, string name, string server, params string[] arguments) => new(
        Executable.Start(scratch, ["worker", "--server", server, "--name", name, "--data", name, "--devices", "cpu", "--threads", "1", .. arguments]), name);

    /// <summary>Completes when the server knows what it offers.</summary>
    internal Task Joined => joined.Task;

    /// <summary>Kills the process that trains; its parent stays.</summary>
    internal async Task KillSlotAsync()
    {
        var children = await File.ReadAllTextAsync($"/proc/{process.Id}/task/{process.Id}/children");
        var slot = int.Parse(children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Single(), CultureInfo.InvariantCulture);
        Process.GetProcessById(slot).Kill();
    }

    /// <summary>SIGTERM; the exit code once it has left.</summary>
    internal async Task<int> LeaveAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        await reading;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (line.Contains(": joined ", StringComparison.Ordinal))
            {
                joined.TrySetResult();
            }
        }

        joined.TrySetException(new InvalidOperationException($"worker {Name} ended: {string.Join('\n', lines)}"));
    }
}
