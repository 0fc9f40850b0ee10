using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Hosting;

/// <summary>Sessions and leases: who gets a job, and what becomes of it when its holder does not end it.</summary>
public abstract partial class SearchServiceContract
{
    [Fact]
    public async Task Lease_WithoutAValidSession_IsRefused()
    {
        ISearchService service = await OpenAsync();
        await Assert.ThrowsAsync<StaleSessionException>(() => service.LeaseAsync("nobody", "none", Briefly, None));

        WorkerSession old = await service.RegisterAsync(Worker, None);
        WorkerSession present = await service.RegisterAsync(Worker, None);

        await Assert.ThrowsAsync<StaleSessionException>(() => service.LeaseAsync(Worker.WorkerId, old.Session, Briefly, None));
        Assert.Null(await service.LeaseAsync(Worker.WorkerId, present.Session, Briefly, None));
    }

    [Fact]
    public async Task Lease_AskedAgain_IsTheSameLease()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        WorkerSession session = await service.RegisterAsync(Worker, None);

        LeasedJob first = (await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None))!;
        LeasedJob again = (await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None))!;

        Assert.Equal(first.LeaseId, again.LeaseId);
        Assert.Equal(first.LeaseId, Assert.Single(await service.WorkersAsync(None)).Lease);
    }

    [Fact]
    public async Task Lease_NoWorkYet_WaitsForASearch()
    {
        ISearchService service = await OpenAsync();
        WorkerSession session = await service.RegisterAsync(Worker, None);
        Task<LeasedJob?> waiting = service.LeaseAsync(Worker.WorkerId, session.Session, Patiently, None);
        Assert.False(waiting.IsCompleted);

        await service.CreateAsync(Named("one"), null, None);

        Assert.Equal(JobKind.Baseline, (await waiting)!.Order.Kind);
    }

    [Fact]
    public async Task Lease_OtherWorkload_IsNotServed()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        WorkerRegistration other = Worker with { Workloads = [Worker.Workloads[0] with { ContentHash = "another" }] };
        WorkerSession session = await service.RegisterAsync(other, None);

        Assert.Null(await service.LeaseAsync(other.WorkerId, session.Session, Briefly, None));
    }

    [Fact]
    public async Task Lease_HolderFallsSilent_GoesToAnotherWorkerAndTheLateReportIsNews()
    {
        ISearchService service = await OpenAsync(new ServiceSettings { LeaseDuration = TimeSpan.FromSeconds(1), ClockInterval = TimeSpan.FromMilliseconds(100) });
        await service.CreateAsync(Named("one"), null, None);
        LeasedJob lost = await LeaseAsync(service, Worker);

        LeasedJob again = await LeaseAsync(service, OtherWorker);

        Assert.Equal(lost.Order.JobId, again.Order.JobId);
        Assert.Equal(ReportAnswer.Accepted, await service.ReportAsync(Id(lost), Success(lost.Order), None));
        Assert.Equal(HeartbeatAnswer.Stop, await service.HeartbeatAsync(Id(again), Reached(again.Order, 1), None));
        Assert.Equal(ReportAnswer.Dropped, await service.ReportAsync(Id(again), Success(again.Order), None));
        Assert.Single((await service.ReadAsync("one", None)).State.JobById(1).Measurements);
    }

    [Fact]
    public async Task Register_Again_GivesTheJobToOthersAtOnceAndCountsATry()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        LeasedJob lost = await LeaseAsync(service, Worker);

        await service.RegisterAsync(Worker, None);

        Assert.Equal(lost.Order.JobId, (await LeaseAsync(service, OtherWorker)).Order.JobId);
        Assert.Equal(1, (await service.ReadAsync("one", None)).State.JobById(lost.Order.JobId).Attempts);
    }

    [Fact]
    public async Task Leave_WithAJob_GivesItBackAndCountsNoTry()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        WorkerSession session = await service.RegisterAsync(Worker, None);
        LeasedJob held = (await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None))!;
        await service.HeartbeatAsync(Id(held), Reached(held.Order, 2), None);

        await service.LeaveAsync(Worker.WorkerId, session.Session, None);

        LeasedJob next = await LeaseAsync(service, OtherWorker);
        Assert.Equal((held.Order.JobId, 2), (next.Order.JobId, next.Order.StartEpochs));
        Assert.Equal(0, (await service.ReadAsync("one", None)).State.JobById(held.Order.JobId).Attempts);
        Assert.Equal(WorkerState.Left, (await service.WorkersAsync(None)).Single(worker => worker.WorkerId == Worker.WorkerId).State);
    }

    [Fact]
    public async Task Release_ByTheHolder_QueuesTheJobAgain()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        LeasedJob held = await LeaseAsync(service, Worker);

        await service.ReleaseAsync(Id(held), None);

        Assert.Equal(JobState.Queued, (await service.ReadAsync("one", None)).State.JobById(held.Order.JobId).State);
    }
}
