using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Workers.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Workers join and leave.</summary>
internal static class WorkerEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workers", async (HttpContext context, ISearchService service) =>
                await JsonAnswer.WriteAsync(context, new Listing<WorkerStatus>(await service.WorkersAsync(context.RequestAborted))))
            .Answers<Listing<WorkerStatus>>(Policies.Viewer, "All workers known.");
        api.MapPost("/workers", RegisterAsync)
            .Accepts<WorkerRegistration>("application/json")
            .Answers<WorkerSession>(Policies.Worker, "A worker joins, or is there again: then its earlier session is stale.");
        api.MapDelete("/workers/{id}", LeaveAsync)
            .Answers(Policies.Worker, "A worker leaves; its job is given out anew.", StatusCodes.Status204NoContent);
    }

    private static async Task RegisterAsync(HttpContext context, ISearchService service)
    {
        WorkerRegistration worker = await JsonBody.ReadAsync<WorkerRegistration>(context);
        WorkloadCheck.Require(worker);
        await JsonAnswer.WriteAsync(context, await service.RegisterAsync(worker, context.RequestAborted));
    }

    private static async Task LeaveAsync(HttpContext context, ISearchService service)
    {
        string session = RequestValues.Single(context, "session")
            ?? throw ProblemException.BadRequest("session", "that of the worker's registration", "none");
        await service.LeaveAsync(WorkerId(context), session, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // A worker's name may contain a slash. Only the address as it was sent tells "%2F" from "%252F".
    private static string WorkerId(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
