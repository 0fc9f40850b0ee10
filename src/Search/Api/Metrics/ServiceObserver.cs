using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Microsoft.Extensions.Hosting;

namespace Bitcurve.Search.Api.Metrics;

/// <summary>
/// Reads where searches and workers stand: whenever the page is asked for, and regularly where metrics are sent without being asked for
/// (<see cref="ServerOptions.ObserveEvery"/>).
/// </summary>
internal sealed class ServiceObserver(ISearchService service, ServiceInstruments instruments, ServerOptions options, TimeProvider time) : BackgroundService
{
    internal async Task ObserveAsync(CancellationToken cancellation) => instruments.Standing = await ReadAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ObserveEvery is not TimeSpan period)
        {
            return;
        }

        using var timer = new PeriodicTimer(period, time);
        do
        {
            await ObserveAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<ServiceStanding> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await ServiceStanding.ReadAsync(service, cancellation);
        }
        catch (Exception problem) when (problem is StoreUnavailableException or TimeoutException)
        {
            // What the process knows of itself is told all the same; old figures of the searches would look like new ones.
            return ServiceStanding.Unknown;
        }
    }
}
