using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>What happens by time alone: leases end, pauses between tries are over, ended searches leave memory.</summary>
internal sealed class ServiceClock(SearchDirectory searches, WaitingWorkers waiting, ServiceSettings settings, TimeProvider time)
{
    /// <summary>Ticks until cancelled.</summary>
    internal async Task RunAsync(CancellationToken closing)
    {
        using var timer = new PeriodicTimer(settings.ClockInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(closing))
            {
                await TickAsync(closing);
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The server closes.
        }
    }

    private async Task TickAsync(CancellationToken closing)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (SearchHost host in searches.RunningHosts().Where(host => host.State.NextDue() <= now))
        {
            await IgnoringOutagesAsync(() => host.ApplyAsync(moment => new SearchEvent.Expired(moment), closing));
            waiting.Wake(host.State.Definition.Workload.ContentHash);
        }

        await IgnoringOutagesAsync(() => searches.TidyAsync(closing));
    }

    /// <summary>The next tick tries again.</summary>
    private static async Task IgnoringOutagesAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem) when (problem is StoreUnavailableException or StorageFullException or ConcurrencyException)
        {
            // The journal is as it was.
        }
    }
}
