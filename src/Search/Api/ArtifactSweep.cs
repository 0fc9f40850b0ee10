using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Api;

/// <summary>Deletes artifacts that no search refers to, once they are old enough that no heartbeat can be about to name them.</summary>
public sealed partial class ArtifactSweep(
    ISearchService service, FileArtifactStore artifacts, ServerOptions options, TimeProvider time, ILogger<ArtifactSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server closes.
            return;
        }
    }

    /// <summary>One sweep; what hinders it is logged.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            IReadOnlySet<string> kept = await service.ReferencedArtifactsAsync(cancellation);
            artifacts.RemoveExcept(kept, options.KeepUnreferenced);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The next sweep tries again.
            Failed(log, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unneeded artifacts were not deleted: {Problem}")]
    private static partial void Failed(ILogger log, string problem);
}
