using System.Net.Http.Json;
using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>The job protocol from a program that shares no code with us: the sample worker in Python.</summary>
public sealed class PythonWorkerTests : IDisposable
{
    private const string Slow = "600";

    // The same operations in the same order: only the two libraries' exponentials may differ, by units in the last place.
    private const double LastPlaces = 1e-14;

    private readonly Scratch scratch = new();

    public PythonWorkerTests() => Assert.SkipWhen(PythonWorker.Missing is not null, PythonWorker.Missing ?? "");

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Worker_CarriesASearch_EveryJobOnceAndTheFormulasAccuracies()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server");
        await using var worker = await PythonWorker.JoinAsync(scratch, server, "lab/python");
        ServiceUnderTest service = await CreateAsync(server, "--tasks", "0,1,2,15", "--budget", "20jobs", "--strategy", "random");

        await service.UntilAsync(server, e => e.State == SearchStatus.Completed);

        List<JournalEntry> journal = await service.JournalAsync(server);
        SearchState state = Replayed(journal);
        Assert.Equal(20, state.Spent.Jobs);
        AssertEveryJobDoneOnce(state, journal);
        Assert.All(state.Jobs, job => Assert.Equal(0, job.Attempts));
        Assert.Equal(0.92, state.Baseline!.Accuracy);
        Assert.All(state.Trials, trial => Assert.NotEmpty(trial.Measurements));
        Assert.All(
            state.Trials.SelectMany(trial => trial.Measurements.Select(measured => (trial.Bits, measured))),
            pair => Assert.Equal(Formula(pair.Bits, pair.measured.Epochs), pair.measured.Accuracy, LastPlaces));

        // It says of every job what it did, and that is what the server has.
        string[] leases = [.. worker.Lines.Where(line => line.StartsWith(service.Search, StringComparison.Ordinal)).Select(line => line.Split(':')[0])];
        Assert.Equal(state.Jobs.Count, leases.Distinct().Count());
        Assert.Equal(state.Jobs.Count, leases.Length);
    }

    [Fact]
    public async Task Terminated_InTheMiddleOfAJob_HandsItBackAndLeaves()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server");
        await using var worker = await PythonWorker.JoinAsync(scratch, server, "slow", "--epoch-seconds", Slow);
        ServiceUnderTest service = await CreateAsync(server);
        await service.UntilAsync(server, e => e is { Kind: "leased", WorkerId: "slow" });

        Finished finished = await worker.SignalAsync("TERM");

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        JobCounts jobs = (await service.UntilAsync(server, e => e.Kind == "released")).Jobs;
        Assert.Equal((1, 0), (jobs.Queued, jobs.Running));
        Assert.Equal(WorkerState.Left, await StateOfAsync(server, "slow"));
    }

    [Fact]
    public async Task Terminated_WhileItWaitsForWork_Leaves()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server");
        await using var worker = await PythonWorker.JoinAsync(scratch, server, "idle");
        Assert.Equal(WorkerState.Online, await StateOfAsync(server, "idle"));

        Finished finished = await worker.SignalAsync("TERM");

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        Assert.Equal(WorkerState.Left, await StateOfAsync(server, "idle"));
    }

    [Fact]
    public async Task Killed_InTheMiddleOfAJob_AnotherFinishesTheSearch()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server", "--lease", "2");
        await using var first = await PythonWorker.JoinAsync(scratch, server, "first", "--jobs", "3");
        ServiceUnderTest service = await CreateAsync(server, "--tasks", "1,2", "--budget", "6jobs", "--strategy", "random");
        Finished three = await first.EndAsync();
        Assert.Equal((0, ""), (three.ExitCode, three.Error));
        await using var slow = await PythonWorker.JoinAsync(scratch, server, "slow", "--epoch-seconds", Slow);
        await service.UntilAsync(server, e => e is { Kind: "leased", WorkerId: "slow" });

        await slow.SignalAsync("KILL");
        await using var last = await PythonWorker.JoinAsync(scratch, server, "last");
        await service.UntilAsync(server, e => e.State == SearchStatus.Completed);

        List<JournalEntry> journal = await service.JournalAsync(server);
        AssertEveryJobDoneOnce(Replayed(journal), journal);
        Assert.Contains(journal, entry => entry.Event is SearchEvent.Expired or SearchEvent.WorkerLost);
        Assert.Equal(["first", "last", "slow"], journal.Select(entry => (entry.Event as SearchEvent.Leased)?.WorkerId).OfType<string>().Distinct().Order());
    }

    /// <summary>accuracy(b, t) = 0.92 - 0.02 exp(-t/3) - (0.25 + 0.75 exp(-t/4)) sum_l s_l 2^(-b_l), s_l = 0.30 / (1 + l), within [0, 1].</summary>
    private static double Formula(BitVector bits, int epochs)
    {
        double lost = Enumerable.Range(0, bits.Count).Sum(layer => 0.30 / (1 + layer) * Math.Pow(2, -bits[layer]));
        return Math.Clamp(0.92 - (0.02 * Math.Exp(-epochs / 3.0)) - ((0.25 + (0.75 * Math.Exp(-epochs / 4.0))) * lost), 0, 1);
    }

    private static SearchState Replayed(IReadOnlyList<JournalEntry> journal)
    {
        ReplayResult replayed = JournalReplay.Run(journal, StrategyCatalogue.Create);
        Assert.Empty(replayed.Differences);
        SearchInvariants.Check(replayed.State);
        return replayed.State;
    }

    private static void AssertEveryJobDoneOnce(SearchState state, IReadOnlyList<JournalEntry> journal)
    {
        Assert.All(state.Jobs, job => Assert.Equal((JobState.Succeeded, true), (job.State, job.IsFullyMeasured)));
        Assert.Equal(
            state.Jobs.Select(job => job.Id).Order(),
            journal.Select(entry => (entry.Event as SearchEvent.Reported)?.JobId).OfType<int>().Order());
    }

    private static async Task<WorkerState> StateOfAsync(ServerProcess server, string workerId)
    {
        var workers = await server.Http.GetFromJsonAsync<JsonElement>("/api/v1/workers");
        return workers.GetProperty("items").Deserialize<WorkerStatus[]>(SearchJson.Options)!.Single(worker => worker.WorkerId == workerId).State;
    }

    private async Task<ServiceUnderTest> CreateAsync(ServerProcess server, params string[] options)
    {
        Finished created = await Executable.RunAsync(
            scratch, ["search", "create", "--server", server.Http.BaseAddress!.ToString(), "--workload", PythonWorker.Workload, "--repeats", "1", .. options]);
        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        return new ServiceUnderTest(created.Output.Trim());
    }
}
