using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>What <c>bitcurve search watch</c> tells, and that it holds on to its server.</summary>
public sealed class SearchWatchTests : IClassFixture<PythonService>
{
    private const string Time = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}  ";

    private readonly PythonService service;

    public SearchWatchTests(PythonService service)
    {
        Assert.SkipWhen(PythonWorker.Missing is not null, PythonWorker.Missing ?? "");
        this.service = service;
    }

    [Fact]
    public async Task Watch_Ended_IsWhatShowSays() =>
        Assert.Equal(await service.RunAsync("search", "show", service.Completed), await service.RunAsync("search", "watch", service.Completed));

    [Fact]
    public async Task Watch_Json_IsEveryEventOnALineOfItsOwn()
    {
        string output = await service.RunAsync("search", "watch", service.Completed, "--json");

        EventSummary[] events = [.. Lines(output).Select(line => JsonSerializer.Deserialize<EventSummary>(line, SearchJson.Options)!)];
        Assert.Equal(Enumerable.Range(1, events.Length).Select(version => (long)version), events.Select(e => e.Version));
        Assert.Equal("created", events[0].Kind);
        Assert.Equal(SearchStatus.Completed, events[^1].State);
    }

    [Fact]
    public async Task Watch_SteeredSearch_TellsWhatIsDoneToIt()
    {
        string id = await service.WaitingAsync();
        using Process watch = await StartAsync(service.Scratch, service.Address, id);
        Task<string> error = watch.StandardError.ReadToEndAsync();

        await service.RunAsync("search", "pause", id);
        await service.RunAsync("search", "resume", id);
        await service.RunAsync("search", "top-up", id, "--by", "5epochs");
        await service.RunAsync("search", "cancel", id);

        Finished finished = await Executable.FinishAsync(watch, watch.StandardOutput.ReadToEndAsync(), error);
        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        Assert.Collection(
            Lines(finished.Output),
            line => Assert.Matches($"^{Time}paused: running jobs end, no others start$", line),
            line => Assert.Matches($"^{Time}resumed$", line),
            line => Assert.Matches($"^{Time}budget raised: 0 done(, 1 waiting)?; 0 of 35 epochs spent$", line),
            line => Assert.Equal("cancelled: Cancelled by the user.", line),
            line => Assert.Equal("best none yet", line));
    }

    [Fact]
    public async Task Watch_WorkingSearch_HasALineForEveryJob()
    {
        const string workload = "python/later";
        await using var server = await ServerProcess.StartAsync(service.Scratch, "--data", "later");
        await using (var known = await PythonWorker.JoinAsync(service.Scratch, server, "known", "--workload-name", workload))
        {
            await known.SignalAsync("TERM");
        }

        string address = server.Http.BaseAddress!.ToString();
        Finished created = await Executable.RunAsync(
            service.Scratch, "search", "create", "--server", address, "--workload", workload, "--budget", "3jobs", "--strategy", "random", "--repeats", "1");
        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        using Process watch = await StartAsync(service.Scratch, address, created.Output.Trim());
        Task<string> error = watch.StandardError.ReadToEndAsync();

        await using var worker = await PythonWorker.JoinAsync(service.Scratch, server, "worker", "--workload-name", workload);

        Finished finished = await Executable.FinishAsync(watch, watch.StandardOutput.ReadToEndAsync(), error);
        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        int jobs = worker.Lines.Count(line => line.Contains(" after ", StringComparison.Ordinal));
        string[] lines = Lines(finished.Output);
        Assert.All(Enumerable.Range(1, jobs), job => Assert.Single(lines, line => line.Contains($"  job {job} reported: ", StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(1, 3), decision => Assert.Single(
            lines, line => Regex.IsMatch(line, $"^{Time}decision {decision}: [1-8]{{8}} to [0-9]+ epochs?, 0 nats for [0-9.]+ epochs: .+$")));
        Assert.Equal("completed: The budget of 3jobs is spent.", lines[^2]);
        Assert.Matches("^best [1-8]{8} at [0-9.]+ %$", lines[^1]);
    }

    [Fact]
    public async Task Watch_ServerKilledAndBack_GoesOn()
    {
        string[] serve = ["--data", "killed"];
        ServerProcess server = await ServerProcess.StartAsync(service.Scratch, serve);
        string address = server.Http.BaseAddress!.ToString().TrimEnd('/');
        try
        {
            Finished created = await Executable.RunAsync(service.Scratch, "search", "create", "--server", address, "--workload", "vgg8/shapes32-tiny");
            string id = created.Output.Trim();
            using Process watch = await StartAsync(service.Scratch, address, id);
            await server.SignalAsync("KILL");
            Assert.StartsWith("bitcurve: connection lost, trying again until it is back: ", await watch.StandardError.ReadLineAsync());

            await server.DisposeAsync();
            server = await ServerProcess.StartAsync(service.Scratch, address, serve);
            Assert.Equal("bitcurve: connected again", await watch.StandardError.ReadLineAsync());
            await Executable.RunAsync(service.Scratch, "search", "cancel", id, "--server", address);

            Finished finished = await Executable.FinishAsync(watch, watch.StandardOutput.ReadToEndAsync(), watch.StandardError.ReadToEndAsync());
            Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
            Assert.EndsWith("cancelled: Cancelled by the user.\nbest none yet\n", finished.Output);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>One that has said where the search stands: what happens from now on it tells.</summary>
    private static async Task<Process> StartAsync(Scratch scratch, string address, string id)
    {
        Process watch = Executable.Start(scratch, ["search", "watch", id, "--server", address]);
        string? line;
        do
        {
            line = await watch.StandardOutput.ReadLineAsync();
        }
        while (line?.StartsWith("  best ", StringComparison.Ordinal) == false);

        Assert.NotNull(line);
        return watch;
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
