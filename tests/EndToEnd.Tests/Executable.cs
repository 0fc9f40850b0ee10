using System.Diagnostics;
using System.Text;
using Bitcurve.Models.Onnx;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>What a finished process left.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error);

/// <summary>Runs the real executable in a process of its own, with its own cache.</summary>
internal static class Executable
{
    // Generous, for a busy machine: it bounds a hang, no test waits for it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // The user's, which the executable would not find: it has a cache of its own here.
    private static readonly string? OnnxRuntime = OnnxRuntimeLibrary.Find();

    internal static Task<Finished> RunAsync(Scratch scratch, params string[] arguments) => RunAsync(scratch, OnnxRuntime, arguments);

    /// <param name="scratch">Working folder and cache.</param>
    /// <param name="onnxRuntime">Library or folder of ONNX Runtime; null to leave it to what the program finds.</param>
    /// <param name="arguments">Of the command line.</param>
    internal static async Task<Finished> RunAsync(Scratch scratch, string? onnxRuntime, string[] arguments)
    {
        using var process = Start(scratch, arguments, onnxRuntime);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        return await FinishAsync(process, output, error);
    }

    /// <summary>Reads standard error line by line until one contains <paramref name="text"/> for the <paramref name="count"/>-th time, then sends a signal.</summary>
    internal static async Task<Finished> SignalAtAsync(Scratch scratch, string text, int count, string signal, params string[] arguments)
    {
        using var process = Start(scratch, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            error.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal) && --count == 0)
            {
                using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            }
        }

        return await FinishAsync(process, output, Task.FromResult(error.ToString()));
    }

    internal static Process Start(Scratch scratch, string[] arguments, string? onnxRuntime = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "bitcurve"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = scratch.Folder,
        };
        start.Environment["BITCURVE_CACHE"] = scratch.PathOf("cache");
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        foreach (var (name, value) in scratch.Environment)
        {
            start.Environment[name] = value;
        }

        if (onnxRuntime is not null)
        {
            start.Environment[OnnxRuntimeLibrary.Variable] = onnxRuntime;
        }

        return Process.Start(start)!;
    }

    internal static async Task<Finished> FinishAsync(Process process, Task<string> output, Task<string> error)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"bitcurve did not end within {Limit}");
        }

        return new Finished(process.ExitCode, await output, await error);
    }
}
