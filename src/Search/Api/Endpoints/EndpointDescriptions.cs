using Bitcurve.Search.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>What endpoints say of themselves in the OpenAPI document.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Who may call it, and what it answers when all is well.</summary>
    internal static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, string policy, string summary, int status = StatusCodes.Status200OK) =>
        endpoint.RequireAuthorization(policy).WithSummary(summary).Produces<T>(status).Refuses();

    /// <summary>The same for an answer without a body, or with one that is no JSON.</summary>
    internal static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, string policy, string summary, int status, string? contentType = null) =>
        endpoint.RequireAuthorization(policy).WithSummary(summary).Produces(status, contentType: contentType).Refuses();

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<Problem>(StatusCodes.Status401Unauthorized, Problem.ContentType)
        .Produces<Problem>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<Problem>(StatusCodes.Status429TooManyRequests, Problem.ContentType);
}
