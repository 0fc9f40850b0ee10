using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>
/// The job protocol over HTTP, for one worker. Whatever the network does, requests are repeated until the server answers or the caller
/// gives up; every artifact that a message names is at the server before the message is.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="artifacts">The worker's artifacts.</param>
/// <param name="time">Measures how long a server held a request.</param>
public sealed class HttpJobSource(ServerConnection server, RemoteArtifacts artifacts, TimeProvider time) : IJobSource
{
    /// <summary>How long the server may hold a request for work, at most; less where leases are so short that the worker would count as lost.</summary>
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    // A server about to stop answers without holding: then this pause keeps the requests from chasing each other.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // Names of this job's artifacts that the server has.
    private readonly ConcurrentDictionary<string, bool> sent = new();
    private WorkerSession? session;

    /// <summary>Joined the server, again or for the first time.</summary>
    public event Action<WorkerSession>? Joined;

    /// <summary>The server refused what this worker said of a job, in one line.</summary>
    public event Action<string>? Refused;

    /// <inheritdoc/>
    public TimeSpan? HeartbeatInterval => session is { HeartbeatSeconds: > 0 and var seconds } ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Registers where needed and waits for work, however long that takes; never null.</summary>
    /// <exception cref="ServerRefusedException">The server does not want this worker.</exception>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public async Task<JobOrder?> LeaseAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        sent.Clear();
        artifacts.ForgetUnsent();
        while (true)
        {
            session ??= await RegisterAsync(worker, cancellation);
            var asked = time.GetTimestamp();
            var (isStale, job) = await AskAsync(session, cancellation);
            if (job is not null)
            {
                return job.Order with { TraceParent = job.TraceParent };
            }

            session = isStale ? null : session;
            if (!isStale && time.GetElapsedTime(asked) < ShortestPause)
            {
                await Task.Delay(ShortestPause, time, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServerRefusedException">The server does not want this worker.</exception>
    public async Task<HeartbeatAnswer> HeartbeatAsync(JobOrder order, JobProgress progress, CancellationToken cancellation)
    {
        try
        {
            await UploadAsync([progress.Checkpoint, .. progress.Measurements.Select(m => m.Checkpoint)], order, cancellation);
            var tries = 0;
            var reply = await server.SendAsync(
                () =>
                {
                    // Nothing at first, so that the count is there, at 0, before anything fails.
                    WorkerTelemetry.HeartbeatFailures.Add(tries++ == 0 ? 0 : 1);
                    return Json(HttpMethod.Post, $"leases/{order.Lease()}/heartbeat", progress);
                },
                ServerConnection.ReadAsync<HeartbeatReply>,
                ServerConnection.Patience,
                cancellation);
            return reply.Answer;
        }
        catch (RequestRefusedException refused)
        {
            Refused?.Invoke($"heartbeat of job {order.Lease()} refused: {refused.Message}");
            return HeartbeatAnswer.Stop;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServerRefusedException">The server does not want this worker.</exception>
    public async Task ReportAsync(JobOrder order, JobReport report, CancellationToken cancellation)
    {
        // Asked for anew: between an upload and its first mention the server may have tidied up.
        sent.Clear();
        try
        {
            await UploadAsync([.. report.Measurements.Select(m => m.Checkpoint)], order, cancellation);
            await server.SendAsync(
                () => Json(HttpMethod.Put, $"leases/{order.Lease()}/report", report),
                ServerConnection.ReadAsync<ReportReply>,
                ServerConnection.Patience,
                cancellation);
        }
        catch (RequestRefusedException refused)
        {
            Refused?.Invoke($"report of job {order.Lease()} refused and dropped: {refused.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(JobOrder order, CancellationToken cancellation)
    {
        try
        {
            await server.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Post, $"leases/{order.Lease()}/release"), RequireSuccessAsync, ServerConnection.Patience, cancellation);
        }
        catch (RequestRefusedException refused)
        {
            Refused?.Invoke($"release of job {order.Lease()} refused: {refused.Message}");
        }
    }

    /// <summary>Says goodbye: the server gives out anew what this worker still holds. Nothing to do for one that never joined.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        if (session is not { } last)
        {
            return;
        }

        try
        {
            await server.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Delete, $"workers/{Uri.EscapeDataString(last.WorkerId)}?session={Uri.EscapeDataString(last.Session)}"),
                RequireSuccessAsync,
                ServerConnection.Patience,
                cancellation);
        }
        catch (RequestRefusedException refused)
        {
            Refused?.Invoke($"leaving refused: {refused.Message}");
        }
    }

    private async Task<WorkerSession> RegisterAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        try
        {
            var joined = await server.SendAsync(
                () => Json(HttpMethod.Post, "workers", worker), ServerConnection.ReadAsync<WorkerSession>, ServerConnection.Patience, cancellation);
            Joined?.Invoke(joined);
            return joined;
        }
        catch (RequestRefusedException refused)
        {
            throw new ServerRefusedException($"registration of worker {worker.WorkerId} refused: {refused.Message}");
        }
    }

    // No job: none within the long poll, or the session is stale.
    private async Task<(bool IsStale, LeasedJob? Job)> AskAsync(WorkerSession asking, CancellationToken cancellation)
    {
        var wait = Math.Min(LongestPoll.TotalSeconds, asking.LeaseSeconds / 2);
        var request = new LeaseRequest(asking.WorkerId, asking.Session, wait);
        try
        {
            return await server.SendAsync<(bool, LeasedJob?)>(
                () => Json(HttpMethod.Post, "leases", request),
                async (response, limit) => response.StatusCode switch
                {
                    HttpStatusCode.NoContent => (false, null),
                    HttpStatusCode.Conflict => (true, null),
                    _ => (false, await ServerConnection.ReadAsync<LeasedJob>(response, limit)),
                },
                TimeSpan.FromSeconds(wait) + ServerConnection.Patience,
                cancellation);
        }
        catch (RequestRefusedException refused)
        {
            throw new ServerRefusedException($"worker {asking.WorkerId} asked for work and was refused: {refused.Message}");
        }
    }

    private async Task UploadAsync(IEnumerable<string?> hashes, JobOrder order, CancellationToken cancellation)
    {
        foreach (var hash in hashes.OfType<string>().Distinct().Where(hash => hash != order.StartArtifact && !sent.ContainsKey(hash)).ToList())
        {
            await artifacts.UploadAsync(hash, cancellation);
            sent[hash] = true;
        }
    }

    private static async Task<bool> RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await ServerConnection.RequireSuccessAsync(response, cancellation);
        return true;
    }

    private static HttpRequestMessage Json<T>(HttpMethod method, string path, T body) => new(method, path)
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JobJson.Options)) { Headers = { { "Content-Type", "application/json" } } },
    };
}
