using System.Text.RegularExpressions;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;
using Bitcurve.Tests.Shared;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A server, a database and three workers in processes of their own, and everything that goes wrong with them in a week.</summary>
public sealed partial class ServiceTests : IDisposable
{
    // The outage itself: longer than a lease, so that every worker's lease is in question when it is over.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Search_ThroughEveryKindOfFailure_EndsWithEveryAcknowledgedMeasurementOnce()
    {
        using PostgresInstance? database = PostgresInstance.Create(out string? reason);
        Assert.SkipWhen(database is null, reason ?? "");
        string[] serve = ["--data", "server", "--lease", "6", "--store", database!.ConnectionString];
        ServerProcess server = await ServerProcess.StartAsync(scratch, serve);
        string address = server.Http.BaseAddress!.ToString().TrimEnd('/');
        await using var link = new CuttableLink(server.Http.BaseAddress!);
        string[] offers = ["--workload", "vgg8/shapes32-tiny", "--baseline-epochs", "4"];
        await using var first = WorkerProcess.Start(scratch, "first", address, offers);
        await using var second = WorkerProcess.Start(scratch, "second", address, offers);
        await using var third = WorkerProcess.Start(scratch, "third", link.Address, offers);
        WorkerProcess[] workers = [first, second, third];
        try
        {
            await Task.WhenAll(workers.Select(worker => worker.Joined));
            ServiceUnderTest service = await CreateAsync(server);

            // A worker is killed in the middle of the first training.
            var trained = await service.UntilAsync(server, e => e is { Kind: "heartbeat", EpochsDone: >= 1 });
            await (await HolderAsync(server, workers)).KillSlotAsync();
            await service.UntilAsync(server, e => e.Kind == "workerLost" || e.Kind == "expired");
            Assert.Equal(1, trained.JobId);

            // The server is killed while jobs are leased.
            await service.UntilAsync(server, e => e.Jobs is { Succeeded: >= 5, Running: >= 1 });
            await server.SignalAsync("KILL");
            await server.DisposeAsync();
            server = await ServerProcess.StartAsync(scratch, address, serve);

            // The database is gone for a while.
            await service.UntilAsync(server, e => e.Jobs.Succeeded >= 10);
            database.Stop();
            await Task.Delay(Outage);
            database.Start();

            // A worker's network is gone for longer than its lease.
            await service.UntilAsync(server, e => e.Jobs.Succeeded >= 15);
            await CutWhileLeasedAsync(server, service, link, third);

            await service.UntilAsync(server, e => e.State == SearchStatus.Completed);
            await CheckAsync(server, service, workers);
            foreach (WorkerProcess worker in workers)
            {
                Assert.Equal(0, await worker.LeaveAsync());
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task<ServiceUnderTest> CreateAsync(ServerProcess server)
    {
        Finished created = await Executable.RunAsync(
            scratch, "search", "create", "--server", server.Http.BaseAddress!.ToString(), "--workload", "vgg8/shapes32-tiny",
            "--tasks", "0,1,2", "--budget", "30jobs", "--repeats", "1", "--name", "chaos");
        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        return new ServiceUnderTest(created.Output.Trim());
    }

    private static async Task<WorkerProcess> HolderAsync(ServerProcess server, IReadOnlyList<WorkerProcess> workers)
    {
        foreach (WorkerProcess worker in workers)
        {
            if (await ServiceUnderTest.LeaseOfAsync(server, worker.WorkerId) is not null)
            {
                return worker;
            }
        }

        throw new InvalidOperationException("expected a worker that holds the job, actual none");
    }

    /// <summary>Cuts until it met the worker at work, and mends when the server has given its job up.</summary>
    private static async Task CutWhileLeasedAsync(ServerProcess server, ServiceUnderTest service, CuttableLink link, WorkerProcess worker)
    {
        while (true)
        {
            link.Cut();
            if (await ServiceUnderTest.LeaseOfAsync(server, worker.WorkerId) is not null)
            {
                break;
            }

            link.Mend();
            await service.UntilAsync(server, e => e.Kind == "leased");
        }

        await service.UntilAsync(server, e => e.Kind == "expired");
        link.Mend();
    }

    private static async Task CheckAsync(ServerProcess server, ServiceUnderTest service, IReadOnlyList<WorkerProcess> workers)
    {
        List<JournalEntry> journal = await service.JournalAsync(server);
        ReplayResult replayed = JournalReplay.Run(journal, StrategyCatalogue.Create);
        Assert.Empty(replayed.Differences);
        SearchInvariants.Check(replayed.State);
        Assert.Equal((SearchPhase.Completed, 30), (replayed.State.Phase, replayed.State.Spent.Jobs));
        Assert.DoesNotContain(replayed.State.Jobs, job => job.IsPending);

        // What a worker was told is stored: there, and once.
        var acknowledged = workers.SelectMany(worker => worker.Lines).Select(line => Reported().Match(line)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value)).Distinct().ToList();
        Assert.NotEmpty(acknowledged);
        foreach (int id in acknowledged)
        {
            Job job = replayed.State.JobById(id);
            Assert.True(job is { State: JobState.Succeeded, IsFullyMeasured: true }, $"job {id} was acknowledged and is {job.State}");
            Assert.InRange(journal.Count(entry => entry.Event is SearchEvent.Reported { Report.Failure: null } reported && reported.JobId == id), 0, 1);
        }

        foreach (Trial trial in replayed.State.Trials)
        {
            Assert.Equal(trial.Measurements.Select(measured => measured.Epochs).Distinct(), trial.Measurements.Select(measured => measured.Epochs));
        }
    }

    [GeneratedRegex(@"job \S+?\.([0-9]+)\.[0-9]+: reported,")]
    private static partial Regex Reported();
}
