using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Load;

/// <summary>A worker that answers at once, over real HTTP: leases, sends one heartbeat, reports, until there is no more work.</summary>
internal sealed class SimulatedWorker(HttpClient http, WorkerRegistration registration, LoadFigures figures)
{
    private const double WaitSeconds = 5;

    // Any 64 digits name an artifact; nobody loads it.
    private static readonly string Checkpoint = new('0', 64);

    internal async Task RunAsync(CancellationToken everythingIsDone)
    {
        var session = await SendAsync<WorkerSession>(HttpMethod.Post, "workers", registration);
        try
        {
            while (!everythingIsDone.IsCancellationRequested)
            {
                await WorkAsync(session!, everythingIsDone);
            }
        }
        catch (OperationCanceledException) when (everythingIsDone.IsCancellationRequested)
        {
            // It was waiting for work that will not come.
            return;
        }
    }

    private async Task WorkAsync(WorkerSession session, CancellationToken everythingIsDone)
    {
        var asked = Stopwatch.GetTimestamp();
        var leased = await SendAsync<LeasedJob>(HttpMethod.Post, "leases", new LeaseRequest(session.WorkerId, session.Session, WaitSeconds), cancellation: everythingIsDone);
        if (leased is null)
        {
            return;
        }

        figures.Leased(asked);
        var order = leased.Order;
        Measurement[] measured = [.. order.EvaluateAt.Select(epochs => new Measurement(epochs, 0.5 + (0.05 * Average(order)), Checkpoint))];
        var beat = Stopwatch.GetTimestamp();
        await SendAsync<HeartbeatReply>(HttpMethod.Post, $"leases/{leased.LeaseId}/heartbeat", new JobProgress(order.EvaluateAt[^1], Checkpoint, [], 0.1), leased.TraceParent);
        figures.Beaten(beat);
        var reported = Stopwatch.GetTimestamp();
        var reply = await SendAsync<ReportReply>(
            HttpMethod.Put, $"leases/{leased.LeaseId}/report", new JobReport { Measurements = measured, TrainSeconds = 0.1, TrainedEpochs = order.EvaluateAt[^1] - order.StartEpochs }, leased.TraceParent);
        figures.Reported(reported, reply!.Answer);
    }

    private static double Average(JobOrder order) => order.Bits.Count == 0 ? 8 : order.Bits.Average();

    private async Task<T?> SendAsync<T>(HttpMethod method, string path, object body, string? traceParent = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, body.GetType(), options: SearchJson.Options) };
        if (traceParent is not null)
        {
            // As a worker that traces goes on with the server's trace.
            request.Headers.Add("traceparent", traceParent);
        }

        using var response = await http.SendAsync(request, cancellation);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return default;
        }

        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<T>(SearchJson.Options, cancellation)
            : throw new IOException($"{method} {path}: expected success, actual {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
    }
}
