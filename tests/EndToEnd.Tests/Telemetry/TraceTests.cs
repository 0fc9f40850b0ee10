using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.EndToEnd.Tests.Telemetry;

/// <summary>The life of jobs across a server and a worker, as a collector sees it that both send to.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Server = "bitcurve-server";
    private const string Worker = "bitcurve-worker";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Search_ServerAndWorkerWithACollector_IsOneTraceForEachJob()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        IReadOnlyList<JournalEntry> journal = await SearchAsync(receiver);

        ILookup<string, ReceivedSpan> traces = receiver.Spans.ToLookup(span => span.Trace);
        List<ReceivedSpan> jobs = [.. receiver.Spans.Where(span => span.Name == "job").OrderBy(span => span.Start)];
        Assert.Equal(journal.Count(entry => entry.Event is SearchEvent.Leased), jobs.Count);
        Assert.Equal(jobs.Count, jobs.Select(job => job.Trace).Distinct().Count());
        Assert.All(jobs, job => AssertLifeOfAJob([.. traces[job.Trace]], job, ReportOf(journal, job)));
        Assert.All(jobs, job => Assert.Contains(receiver.Logs, line => line.Trace == job.Trace && line.Text.Contains(": reported, ", StringComparison.Ordinal)));
        Assert.Contains(jobs, job => IsChosenByAModel([.. traces[job.Trace]]));
        Assert.All(
            (string[])["bitcurve.worker.epoch.duration", "bitcurve.worker.images", "bitcurve.worker.job.duration", "bitcurve.worker.upload.size", "bitcurve.worker.device.memory.used"],
            name => Assert.True(receiver.HasMetric(name), name));
    }

    /// <summary>A small search from its beginning to its end. What waits to be sent is sent before a process ends.</summary>
    private async Task<IReadOnlyList<JournalEntry>> SearchAsync(OtlpReceiver receiver)
    {
        foreach ((string name, string value) in receiver.Environment)
        {
            scratch.Environment[name] = value;
        }

        await using ServerProcess server = await ServerProcess.StartAsync(scratch, "--data", "server");
        await using var worker = WorkerProcess.Start(
            scratch, "worker", server.Http.BaseAddress!.ToString(), "--workload", "vgg8/shapes32-tiny", "--baseline-epochs", "1");
        await worker.Joined;
        Finished created = await Executable.RunAsync(
            scratch, "search", "create", "--server", server.Http.BaseAddress!.ToString(), "--workload", "vgg8/shapes32-tiny",
            "--tasks", "0,1", "--budget", "4jobs", "--repeats", "1");
        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        var search = new ServiceUnderTest(created.Output.Trim());
        await search.UntilAsync(server, happened => happened.State == SearchStatus.Completed);
        IReadOnlyList<JournalEntry> journal = await search.JournalAsync(server);
        Assert.Equal(0, await worker.LeaveAsync());
        Assert.Equal(0, (await server.SignalAsync("TERM")).ExitCode);
        return journal;
    }

    private static JobReport ReportOf(IReadOnlyList<JournalEntry> journal, ReceivedSpan job) => journal
        .Select(entry => entry.Event)
        .OfType<SearchEvent.Reported>()
        .Single(reported => $"{reported.JobId}" == job.Attributes["bitcurve.job.id"])
        .Report;

    private static void AssertLifeOfAJob(IReadOnlyList<ReceivedSpan> trace, ReceivedSpan job, JobReport report)
    {
        // The question for work began it; nothing in it hangs in the air.
        ReceivedSpan root = Assert.Single(trace, span => span.Parent.Length == 0);
        Assert.Equal((Server, "POST /api/v1/leases", 2), (root.Service, root.Name, root.Kind));
        Assert.All(trace.Where(span => span != root), span => Assert.Contains(trace, parent => parent.Id == span.Parent));
        Assert.Equal((Worker, root.Id, 5), (job.Service, job.Parent, job.Kind));
        Assert.Equal((root.Attributes["bitcurve.search.id"], root.Attributes["bitcurve.job.id"]), (job.Attributes["bitcurve.search.id"], job.Attributes["bitcurve.job.id"]));

        // What the worker did.
        ReceivedSpan[] steps = [.. trace.Where(span => span.Parent == job.Id)];
        Assert.All(steps, step => Assert.Equal(Worker, step.Service));
        Assert.All(steps, step => Assert.True(job.Start <= step.Start && step.End <= job.End, step.Name));
        int measured = report.Measurements.Count;
        int trained = (int)report.TrainedEpochs;
        bool isQuantised = job.Attributes["bitcurve.bits"].Length > 0;
        int kept = trained + report.Measurements.Count(measurement => measurement.Epochs > 0);
        Assert.Equal(
            (1, isQuantised ? measured : 0, measured, trained, kept, 1),
            (Count("load"), Count("quantise"), Count("evaluate"), Count("epoch"), Count("checkpoint"), Count("report")));
        Assert.True(Count("heartbeat") >= measured + trained, "a heartbeat after every step, and more while one takes long");
        Assert.Equal("succeeded", job.Attributes["bitcurve.outcome"]);

        // Back at the server, under the worker's step that asked it.
        AssertAnswered("report", "PUT /api/v1/leases/{leaseId}/report");
        AssertAnswered("heartbeat", "POST /api/v1/leases/{leaseId}/heartbeat");

        int Count(string step) => steps.Count(span => span.Name == step);

        void AssertAnswered(string step, string request)
        {
            ReceivedSpan asked = steps.First(span => span.Name == step);
            ReceivedSpan answered = Assert.Single(trace, span => span.Parent == asked.Id && span.Name == request);
            Assert.Equal((Server, 2), (answered.Service, answered.Kind));
            Assert.Contains(trace, span => span.Parent == answered.Id && span.Name == "append" && span.Service == Server);
        }
    }

    private static bool IsChosenByAModel(IReadOnlyList<ReceivedSpan> trace)
    {
        ReceivedSpan root = trace.Single(span => span.Parent.Length == 0);
        ReceivedSpan? choose = trace.FirstOrDefault(span => span.Name == "choose");
        Assert.Equal(choose?.Parent ?? root.Id, root.Id);
        return choose is not null && trace.Any(span => span.Name == "fit" && span.Parent == choose.Id && span.Service == Server);
    }
}
