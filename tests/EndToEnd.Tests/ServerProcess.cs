using System.Diagnostics;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A real <c>bitcurve serve</c> on a free port of loopback.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> error;

    private ServerProcess(Process process, string greeting, Task<string> error)
    {
        this.process = process;
        this.error = error;
        Greeting = greeting;
        Http = new HttpClient { BaseAddress = new Uri(greeting.Split(' ')[2]) };
    }

    /// <summary>The line that says where it serves.</summary>
    internal string Greeting { get; }

    internal HttpClient Http { get; }

    internal int Id => process.Id;

    /// <summary>Starts it and waits until it serves.</summary>
    internal static Task<ServerProcess> StartAsync(Scratch scratch, params string[] arguments) =>
        StartAsync(scratch, "http://127.0.0.1:0", arguments);

    /// <summary>The same at a given address: a server that is back.</summary>
    internal static async Task<ServerProcess> StartAsync(Scratch scratch, string address, string[] arguments)
    {
        Process process = Executable.Start(scratch, ["serve", "--listen", address, .. arguments]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string? greeting = await process.StandardOutput.ReadLineAsync();
        return greeting is null
            ? throw new InvalidOperationException($"bitcurve serve did not start: {await error}")
            : new ServerProcess(process, greeting, error);
    }

    /// <summary>Sends a signal, e.g. TERM, and waits for the end.</summary>
    internal async Task<Finished> SignalAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return await Executable.FinishAsync(process, Task.FromResult(Greeting), error);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
