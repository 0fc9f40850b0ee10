using System.Diagnostics;
using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Workers.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>The worker's side of a job: ask, tell how far, report, hand back.</summary>
internal static class LeaseEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/leases", LeaseAsync)
            .Accepts<LeaseRequest>("application/json")
            .Answers<LeasedJob>(Policies.Worker, "Asks for work and waits for it; 204 when there was none.")
            .Produces(StatusCodes.Status204NoContent);
        api.MapPost("/leases/{leaseId}/heartbeat", HeartbeatAsync)
            .Accepts<JobProgress>("application/json")
            .Answers<HeartbeatReply>(Policies.Worker, "Extends the lease and keeps what was achieved.");
        api.MapPut("/leases/{leaseId}/report", ReportAsync)
            .Accepts<JobReport>("application/json")
            .Answers<ReportReply>(Policies.Worker, "A job's end. Repeating it is harmless.");
        api.MapPost("/leases/{leaseId}/release", ReleaseAsync)
            .Answers(Policies.Worker, "Hands a job back; a successor goes on from the newest checkpoint.", StatusCodes.Status204NoContent);
    }

    private static async Task LeaseAsync(HttpContext context, ISearchService service, ServerOptions options, Drain drain)
    {
        LeaseRequest request = await JsonBody.ReadAsync<LeaseRequest>(context);
        double longest = options.LongestWait.TotalSeconds;
        if (!(request.WaitSeconds >= 0 && request.WaitSeconds <= longest))
        {
            throw ProblemException.Unsuitable("waitSeconds", FormattableString.Invariant($"0 to {longest}"), FormattableString.Invariant($"{request.WaitSeconds}"));
        }

        LeasedJob? job = await AskAsync(context, service, request, drain);
        if (job is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await JsonAnswer.WriteAsync(context, Traced(job));
    }

    // The worker's spans of this job go on from here. What nobody records has no successor.
    private static LeasedJob Traced(LeasedJob job)
    {
        if (Activity.Current is not { Recorded: true } span)
        {
            return job;
        }

        span.SetTag("bitcurve.search.id", job.Order.SearchId).SetTag("bitcurve.job.id", job.Order.JobId);
        return job with { TraceParent = span.Id };
    }

    private static async Task<LeasedJob?> AskAsync(HttpContext context, ISearchService service, LeaseRequest request, Drain drain)
    {
        using CancellationTokenSource waiting = drain.Waiting(context);
        try
        {
            return drain.HasBegun
                ? null
                : await service.LeaseAsync(request.WorkerId, request.Session, TimeSpan.FromSeconds(request.WaitSeconds), waiting.Token);
        }
        catch (OperationCanceledException) when (drain.HasBegun && !context.RequestAborted.IsCancellationRequested)
        {
            // A job that was given out in this moment is the worker's still: it gets the same one when it asks the next server process.
            return null;
        }
    }

    private static async Task HeartbeatAsync(HttpContext context, ISearchService service)
    {
        LeaseId lease = RequestValues.Lease(context);
        JobProgress progress = await JsonBody.ReadAsync<JobProgress>(context);
        HeartbeatAnswer answer = await service.HeartbeatAsync(lease, progress, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, new HeartbeatReply(answer));
    }

    private static async Task ReportAsync(HttpContext context, ISearchService service)
    {
        LeaseId lease = RequestValues.Lease(context);
        JobReport report = await JsonBody.ReadAsync<JobReport>(context);
        ReportAnswer answer = await service.ReportAsync(lease, report, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, new ReportReply(answer));
    }

    private static async Task ReleaseAsync(HttpContext context, ISearchService service)
    {
        await service.ReleaseAsync(RequestValues.Lease(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
