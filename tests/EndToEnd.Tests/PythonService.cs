using System.Text.Json;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A server with a Python worker that several tests give commands to, and one search that it has completed.</summary>
public sealed class PythonService : IAsyncLifetime
{
    private ServerProcess? server;
    private PythonWorker? worker;

    public Scratch Scratch { get; } = new();

    /// <summary>Id of a completed search; no test changes it.</summary>
    public string Completed { get; private set; } = "";

    public string Address => server!.Http.BaseAddress!.ToString();

    public async ValueTask InitializeAsync()
    {
        if (PythonWorker.Missing is null)
        {
            server = await ServerProcess.StartAsync(Scratch, "--data", "server");
            worker = await PythonWorker.JoinAsync(Scratch, server, "lab/python");
            Completed = await CompletedAsync("--name", "shared");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
        {
            await worker.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Scratch.Dispose();
    }

    /// <summary>Runs a client command against this server, whatever becomes of it.</summary>
    internal Task<Finished> TryAsync(params string[] arguments) => Executable.RunAsync(Scratch, [.. arguments, "--server", Address]);

    /// <summary>Its output; it succeeds and complains of nothing.</summary>
    internal async Task<string> RunAsync(params string[] arguments)
    {
        Finished finished = await TryAsync(arguments);
        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        return finished.Output;
    }

    /// <summary>The same as JSON.</summary>
    internal async Task<JsonElement> JsonAsync(params string[] arguments) => JsonElement.Parse(await RunAsync([.. arguments, "--json"]));

    /// <summary>Id of a new search of a few jobs, which the worker does at once.</summary>
    internal async Task<string> CreateAsync(params string[] options) => (await RunAsync(
        ["search", "create", "--workload", PythonWorker.Workload, "--tasks", "0,1,2", "--budget", "5jobs", "--strategy", "random", "--repeats", "1", .. options])).Trim();

    /// <summary>Id of a new search that stays where it is, because no worker offers what it needs.</summary>
    internal async Task<string> WaitingAsync() => (await RunAsync("search", "create", "--workload", "vgg8/shapes32-tiny", "--budget", "30epochs")).Trim();

    /// <summary>Id of a search after its end.</summary>
    internal async Task<string> CompletedAsync(params string[] options)
    {
        string id = await CreateAsync(options);
        await RunAsync("search", "watch", id);
        return id;
    }
}
