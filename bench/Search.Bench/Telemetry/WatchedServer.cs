using Bitcurve.Search.Bench.Load;

namespace Bitcurve.Search.Bench.Telemetry;

/// <summary>A server under load that may be watched: it then sends spans, metrics and logs to a collector, and somebody reads its metrics page.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private static readonly TimeSpan ScrapeEvery = TimeSpan.FromSeconds(5);

    private readonly ServerProcess server;
    private readonly HttpClient http;
    private readonly CancellationTokenSource closing = new();
    private readonly Task scraping;

    private WatchedServer(ServerProcess server, HttpClient http, bool isWatched)
    {
        (this.server, this.http) = (server, http);
        scraping = isWatched ? ScrapeAsync(closing.Token) : Task.CompletedTask;
    }

    internal int Scrapes { get; private set; }

    /// <param name="store"><c>sqlite</c> or a connection string for PostgreSQL.</param>
    /// <param name="workers">That will be connected at once.</param>
    /// <param name="environment">Sends telemetry somewhere; null for a server that nobody watches.</param>
    internal static async Task<WatchedServer> StartAsync(string store, int workers, IEnumerable<KeyValuePair<string, string?>>? environment)
    {
        var server = await ServerProcess.StartAsync(store, environment);
        return new WatchedServer(server, LoadCommand.Client(server, workers), environment is not null);
    }

    /// <summary>Costs of one result: on the wall, and of the server's processor, milliseconds.</summary>
    internal async Task<(double WallMs, double ProcessorMs)> PassAsync(int workers, int jobs, int searches)
    {
        var pass = await LoadCommand.PassAsync(http, server, workers, jobs, searches);
        return (1000 * pass.Seconds / pass.Figures.Results, 1000 * pass.ProcessorSeconds / pass.Figures.Results);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await scraping;
        http.Dispose();
        await server.DisposeAsync();
        closing.Dispose();
    }

    private async Task ScrapeAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ScrapeEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await http.GetByteArrayAsync(new Uri(server.Address, "metrics"), cancellation);
                Scrapes++;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The measurement is over.
            return;
        }
    }
}
