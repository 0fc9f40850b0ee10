using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Bitcurve.Search.Telemetry;
using Bitcurve.Search.Tests.Hosting;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>How long jobs waited. The instrument is the process's: each wait here is one that no other test has.</summary>
public sealed class QueueWaitTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly MemorySearchStore store = new();
    private readonly ManualTime time = new(Start);
    private readonly MeasuredMeter measured = new(SearchTelemetry.Name);

    [Fact]
    public async Task Wait_FromCreationToTheFirstLease()
    {
        await using LocalSearchHost host = await OpenAsync();
        time.Advance(TimeSpan.FromSeconds(1234.5));

        await host.LeaseAsync(Worker, None);

        Assert.Contains(1234.5, measured.Values("bitcurve.job.queue.wait", "purpose=baseline"));
    }

    [Fact]
    public async Task Wait_AfterAFailedTry_BeginsWhenThePauseIsOver()
    {
        await using LocalSearchHost host = await OpenAsync();
        JobOrder order = (await host.LeaseAsync(Worker, None))!;
        await host.ReportAsync(order, Failure(FailureKind.Crashed), None);

        // The pause before a second try takes five seconds.
        time.Advance(TimeSpan.FromSeconds(5 + 321.75));
        await host.LeaseAsync(Worker, None);

        Assert.Contains(321.75, measured.Values("bitcurve.job.queue.wait", "purpose=baseline"));
    }

    [Fact]
    public async Task Wait_OfAJobThatWasHandedBack_BeginsAnew()
    {
        await using LocalSearchHost host = await OpenAsync();
        JobOrder order = (await host.LeaseAsync(Worker, None))!;
        time.Advance(TimeSpan.FromSeconds(60));
        await host.ReleaseAsync(order, None);
        time.Advance(TimeSpan.FromSeconds(432.25));

        await host.LeaseAsync(Worker, None);

        Assert.Contains(432.25, measured.Values("bitcurve.job.queue.wait", "purpose=baseline"));
    }

    [Fact]
    public async Task Wait_ThatBeganInAnotherProcess_IsNotGuessed()
    {
        await (await OpenAsync()).DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(543.125));
        await using LocalSearchHost host = await OpenAsync();
        time.Advance(TimeSpan.FromSeconds(654.625));

        await host.LeaseAsync(Worker, None);

        Assert.All(
            measured.Values("bitcurve.job.queue.wait", "purpose=baseline"),
            wait => Assert.DoesNotContain(wait, (double[])[543.125, 654.625, 543.125 + 654.625]));
    }

    public void Dispose() => measured.Dispose();

    private Task<LocalSearchHost> OpenAsync() => LocalSearchHost.OpenAsync(store, Definition(), new ScriptedStrategy((4, 15)), time, None);
}
