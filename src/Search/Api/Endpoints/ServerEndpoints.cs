using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Workers.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>The server itself and what can be searched on it.</summary>
internal static class ServerEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/server", (HttpContext context, ServerInfo info) => JsonAnswer.WriteAsync(context, info))
            .Answers<ServerInfo>(Policies.Viewer, "Version, engine and store of this server.");
        api.MapGet("/me", (HttpContext context, TokenAuthority tokens) => JsonAnswer.WriteAsync(context, Caller.Of(context.User, tokens.IsRequired)))
            .Answers<Caller>(Policies.Viewer, "Who asks, and what that role allows.");
        api.MapGet("/workloads", async (HttpContext context, ISearchService service) =>
                await JsonAnswer.WriteAsync(context, new Listing<WorkloadDescription>(await service.WorkloadsAsync(context.RequestAborted))))
            .Answers<Listing<WorkloadDescription>>(Policies.Viewer, "Every network and data set that a worker has offered.");
    }
}
