using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A real <c>python3 samples/python_worker.py</c>, as a user would start it.</summary>
internal sealed class PythonWorker : IAsyncDisposable
{
    /// <summary>What it offers.</summary>
    internal const string Workload = "python/made-up";

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;
    private readonly Task<string> error;

    private PythonWorker(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
        reading = ReadAsync();
    }

    /// <summary>Why there can be none on this machine, null where there can.</summary>
    internal static string? Missing { get; } = FindPython();

    /// <summary>Everything said on standard output so far.</summary>
    internal IEnumerable<string> Lines => lines;

    /// <summary>Starts one that the server knows when this returns.</summary>
    internal static async Task<PythonWorker> JoinAsync(Scratch scratch, ServerProcess server, string name, params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "samples", "python_worker.py");
        var start = new ProcessStartInfo("python3", [script, "--server", server.Http.BaseAddress!.ToString(), "--name", name, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = scratch.Folder,
        };
        var worker = new PythonWorker(Process.Start(start)!);
        await worker.joined.Task;
        return worker;
    }

    /// <summary>Sends a signal, e.g. TERM, and waits for the end.</summary>
    internal async Task<Finished> SignalAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return await EndAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    internal async Task<Finished> EndAsync()
    {
        await reading;
        return await Executable.FinishAsync(process, Task.FromResult(string.Join('\n', lines)), error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static string? FindPython()
    {
        try
        {
            using var found = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true })!;
            found.WaitForExit();
            return found.ExitCode == 0 ? null : $"python3 --version ended with exit code {found.ExitCode}";
        }
        catch (Win32Exception missing)
        {
            return $"there is no python3 on this machine: {missing.Message}";
        }
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (line.StartsWith("joined ", StringComparison.Ordinal))
            {
                joined.TrySetResult();
            }
        }

        joined.TrySetException(new InvalidOperationException($"the Python worker ended: {await error}"));
    }
}
