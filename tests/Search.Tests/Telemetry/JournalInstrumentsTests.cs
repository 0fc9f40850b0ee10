using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Bitcurve.Search.Telemetry;
using Bitcurve.Search.Tests.Hosting;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>Searches whose every event is scripted, so that what should have been counted is known exactly.</summary>
public sealed class JournalInstrumentsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string id = $"counted-{Guid.NewGuid():N}";
    private readonly string device = $"device-{Guid.NewGuid():N}";
    private readonly MemorySearchStore store = new();
    private readonly ManualTime time = new(Start);
    private readonly MeasuredMeter measured = new(SearchTelemetry.Name);

    [Fact]
    public async Task Search_EveryKindOfEnd_IsCountedOnce()
    {
        await using LocalSearchHost host = await OpenAsync(new ScriptedStrategy((4, 15), (3, 1), (2, 1)));
        JobOrder baseline = await LeaseAsync(host);
        await host.ReportAsync(baseline, Success(baseline), None);

        // Handed back; then a part of it is measured and the lease expires; then the rest is delivered.
        await host.ReleaseAsync(await LeaseAsync(host), None);
        JobOrder partial = await LeaseAsync(host);
        await host.HeartbeatAsync(partial, Reached(partial, 1), None);
        await host.HeartbeatAsync(partial, Reached(partial, 1), None);
        time.Advance(TimeSpan.FromMinutes(3));
        JobOrder rest = await LeaseAsync(host);
        await host.ReportAsync(rest, Success(rest), None);
        await host.ReportAsync(rest, Success(rest), None);

        // Fails for good; diverges without saying so.
        JobOrder failing = await LeaseAsync(host);
        await host.ReportAsync(failing, Failure(FailureKind.OutOfMemory), None);
        JobOrder diverging = await LeaseAsync(host);
        await host.ReportAsync(diverging, new JobReport { Measurements = [new Measurement(1, double.NaN)] }, None);

        Assert.Equal(
            new Dictionary<string, double>
            {
                [$"search={id},purpose=baseline,outcome=succeeded"] = 1,
                [$"search={id},purpose=search,outcome=released"] = 1,
                [$"search={id},purpose=search,outcome=expired"] = 1,
                [$"search={id},purpose=search,outcome=succeeded"] = 1,
                [$"search={id},purpose=search,outcome=failed"] = 2,
            },
            measured.Sums("bitcurve.jobs.ended", id));
        Assert.Equal(
            new Dictionary<string, double>
            {
                [$"search={id},kind=lost_worker"] = 1,
                [$"search={id},kind=out_of_memory"] = 1,
                [$"search={id},kind=diverged"] = 1,
            },
            measured.Sums("bitcurve.job.failures", id));
        Assert.Equal(new Dictionary<string, double> { [$"search={id}"] = 1 }, measured.Sums("bitcurve.lease.expiries", id));
    }

    [Fact]
    public async Task Measurements_FromHeartbeatsAndReports_AreCountedOnceEach()
    {
        await using LocalSearchHost host = await OpenAsync(new ScriptedStrategy((4, 15)));
        JobOrder baseline = await LeaseAsync(host);
        await host.ReportAsync(baseline, Success(baseline), None);
        JobOrder order = await LeaseAsync(host);
        await host.HeartbeatAsync(order, Reached(order, 1), None);
        await host.HeartbeatAsync(order, Reached(order, 2), None);
        await host.ReportAsync(order, Success(order), None);

        Assert.Equal(
            new Dictionary<string, double>
            {
                [$"search={id},epochs={baseline.EvaluateAt[^1]}"] = 1 + (baseline.EvaluateAt[^1] == 15 ? 1 : 0),
                [$"search={id},epochs=0"] = 1,
                [$"search={id},epochs=1"] = 1,
                [$"search={id},epochs=2"] = 1,
                [$"search={id},epochs=15"] = 1 + (baseline.EvaluateAt[^1] == 15 ? 1 : 0),
            },
            measured.Sums("bitcurve.measurements", id));
    }

    [Fact]
    public async Task EpochDuration_IsTheMeanOfTheReport()
    {
        await using LocalSearchHost host = await OpenAsync(new ScriptedStrategy((4, 15)));
        JobOrder baseline = await LeaseAsync(host);
        await host.ReportAsync(baseline, Success(baseline) with { TrainSeconds = 8, TrainedEpochs = 16 }, None);
        JobOrder order = await LeaseAsync(host);
        await host.ReportAsync(order, Success(order) with { TrainSeconds = 0, TrainedEpochs = 0 }, None);

        Assert.Equal([0.5], measured.Values("bitcurve.job.epoch.duration", $"workload={baseline.Workload},device={device}"));
    }

    [Fact]
    public async Task ResultsInTheJournal_DoNotDependOnWhoListens()
    {
        await RunAsync(new MemorySearchStore());
        string counted = await RunAsync(store);
        measured.Dispose();

        Assert.Equal(counted, await RunAsync(new MemorySearchStore()));
    }

    public void Dispose() => measured.Dispose();

    private async Task<string> RunAsync(MemorySearchStore searches)
    {
        await using LocalSearchHost host = await LocalSearchHost.OpenAsync(
            searches, Definition("5jobs") with { Id = id }, new HashedStrategy(), new ManualTime(Start), None);
        while (await host.LeaseAsync(Worker, None) is JobOrder order)
        {
            await host.ReportAsync(order, Success(order), None);
        }

        return string.Join('\n', await searches.ReadAsync(id, 0, 1000, None));
    }

    private Task<LocalSearchHost> OpenAsync(ISelectionStrategy strategy) =>
        LocalSearchHost.OpenAsync(store, Definition() with { Id = id }, strategy, time, None);

    private async Task<JobOrder> LeaseAsync(LocalSearchHost host) => (await host.LeaseAsync(Worker with { DeviceKind = device }, None))!;
}
