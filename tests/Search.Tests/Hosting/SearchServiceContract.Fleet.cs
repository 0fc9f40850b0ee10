using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Hosting;

/// <summary>What the server tells of its workers, and that telling it leaves no trace in a search.</summary>
public abstract partial class SearchServiceContract
{
    [Fact]
    public async Task Workers_OneHoldsAJob_ShowsTheJobAndWhatItSaidLast()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        LeasedJob baseline = await LeaseAsync(service, Worker);
        await service.ReportAsync(Id(baseline), Success(baseline.Order), None);
        DateTimeOffset before = DateTimeOffset.UtcNow;
        LeasedJob held = await LeaseAsync(service, Worker);
        JobProgress progress = Reached(held.Order, held.Order.EvaluateAt[^1]) with
        {
            ImagesPerSecond = 120.5,
            Device = new DeviceReading(300, 1000, 0.75),
        };

        await service.HeartbeatAsync(Id(held), progress, None);
        // It says nothing of its device now: the last word holds.
        await service.HeartbeatAsync(Id(held), progress.WithoutReadings(), None);

        WorkerStatus status = Assert.Single(await service.WorkersAsync(None));
        Job job = (await service.ReadAsync("one", None)).State.JobById(held.Order.JobId);
        Assert.Equal(
            new WorkerJob("one", job.Id, JobPurpose.Search, $"{job.Bits}", held.Order.EvaluateAt[^1], held.Order.EvaluateAt[^1]),
            status.Job);
        Assert.Equal(held.LeaseId, status.Lease);
        Assert.InRange(status.JobSince!.Value, before, DateTimeOffset.UtcNow);
        Assert.Equal((120.5, new DeviceReading(300, 1000, 0.75)), (status.ImagesPerSecond, status.Device));
        Assert.Null(status.LastFailure);
    }

    [Fact]
    public async Task Workers_AskedAgainForTheSameLease_KeepItsBeginning()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        WorkerSession session = await service.RegisterAsync(Worker, None);
        await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None);
        DateTimeOffset? since = Assert.Single(await service.WorkersAsync(None)).JobSince;

        await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None);

        Assert.NotNull(since);
        Assert.Equal(since, Assert.Single(await service.WorkersAsync(None)).JobSince);
    }

    [Fact]
    public async Task Workers_AJobFailed_TellWhyAndHoldNone()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        LeasedJob held = await LeaseAsync(service, Worker);
        JobReport failure = Failure(FailureKind.Crashed);

        await service.ReportAsync(Id(held), failure, None);

        WorkerStatus status = Assert.Single(await service.WorkersAsync(None));
        Assert.Equal((failure.Failure!.Message, 1, 0), (status.LastFailure, status.Failed, status.Succeeded));
        Assert.Null(status.Job);
        Assert.Null(status.JobSince);
    }

    [Fact]
    public async Task Heartbeat_WithAndWithoutReadings_JournalsTheSame()
    {
        ISearchService service = await OpenAsync();
        async Task<string[]> HeartbeatsAsync(string id, Func<JobProgress, JobProgress> told)
        {
            await service.CreateAsync(Named(id), null, None);
            LeasedJob held = await LeaseAsync(service, Worker);
            Assert.Equal(id, held.Order.SearchId);
            await service.HeartbeatAsync(Id(held), told(Reached(held.Order, 1)), None);
            await service.SteerAsync(id, new SearchEvent.Cancelled(default), None);
            IReadOnlyList<JournalEntry> journal = await service.JournalAsync(id, 0, int.MaxValue, None);
            return [.. journal.Select(entry => SearchJson.Serialize(entry.Event with { At = default }).Replace($"\"{id}\"", "\"\"", StringComparison.Ordinal))];
        }

        string[] silent = await HeartbeatsAsync("silent", progress => progress);
        string[] telling = await HeartbeatsAsync(
            "telling", progress => progress with { ImagesPerSecond = 12.5, Device = new DeviceReading(1, 2, 0.5) });

        Assert.Contains(silent, json => json.Contains("heartbeat", StringComparison.Ordinal));
        Assert.Equal(silent, telling);
        // Nor does a field that is left out: a journal of an earlier version reads and writes the same.
        Assert.DoesNotContain(silent, json => json.Contains("imagesPerSecond", StringComparison.OrdinalIgnoreCase) || json.Contains("\"device\"", StringComparison.Ordinal));
    }
}
