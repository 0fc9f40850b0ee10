using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Pausing, resuming, raising the budget, extending, cancelling.</summary>
internal static class SteeringEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        Steer(api, "pause", "No new jobs until it is resumed; running ones end in their own time.", now => new SearchEvent.Paused(now));
        Steer(api, "resume", "Ends a pause; a search whose baseline failed tries it again.", now => new SearchEvent.Resumed(now));
        Steer(api, "cancel", "Ends it at once with what it has.", now => new SearchEvent.Cancelled(now));
        var raising = new SemaphoreSlim(1, 1);
        api.MapPost("/searches/{id}/top-up", (HttpContext context, ISearchService service, TimeProvider time) => TopUpAsync(context, service, time, raising))
            .Accepts<TopUpRequest>("application/json").Answers<SearchView>(Policies.Admin, "Raises the budget.");
        api.MapPost("/searches/{id}/extend", (HttpContext context, ISearchService service, TimeProvider time) => ExtendAsync(context, service, time, raising))
            .Accepts<ExtendRequest>("application/json").Answers<SearchView>(Policies.Admin, "Goes on with a search that has ended.");
    }

    private static void Steer(RouteGroupBuilder api, string verb, string summary, Func<DateTimeOffset, SearchEvent> steering) =>
        api.MapPost($"/searches/{{id}}/{verb}", async (HttpContext context, ISearchService service, TimeProvider time) =>
                await ApplyAsync(context, service, steering(time.GetUtcNow())))
            .Answers<SearchView>(Policies.Admin, summary);

    private static async Task TopUpAsync(HttpContext context, ISearchService service, TimeProvider time, SemaphoreSlim raising)
    {
        TopUpRequest request = await JsonBody.ReadAsync<TopUpRequest>(context);
        if (request is { Budget: null, By: null })
        {
            throw ProblemException.Unsuitable("budget", "a new total, or by with what comes on top", "neither");
        }

        await RaisingAsync(context, service, request.Budget, request.By, raising, budget => new SearchEvent.ToppedUp(time.GetUtcNow(), budget!));
    }

    private static async Task ExtendAsync(HttpContext context, ISearchService service, TimeProvider time, SemaphoreSlim raising)
    {
        ExtendRequest request = await JsonBody.ReadAsync<ExtendRequest>(context);
        await RaisingAsync(context, service, request.Budget, request.By, raising, budget =>
            new SearchEvent.Extended(time.GetUtcNow(), budget, request.Choosing, request.Verification));
    }

    /// <summary>One at a time: of two requests for more at once, both count.</summary>
    private static async Task RaisingAsync(
        HttpContext context, ISearchService service, string? total, string? by, SemaphoreSlim raising, Func<Budget?, SearchEvent> steering)
    {
        await raising.WaitAsync(context.RequestAborted);
        try
        {
            SearchHost.Journalled search = await service.ReadAsync(RequestValues.SearchId(context), context.RequestAborted);
            await ApplyAsync(context, service, steering(BudgetOf(total, by, search.State.Definition.Budget)));
        }
        finally
        {
            raising.Release();
        }
    }

    private static async Task ApplyAsync(HttpContext context, ISearchService service, SearchEvent steering)
    {
        string id = RequestValues.SearchId(context);
        await service.SteerAsync(id, steering, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, await SearchView.ReadAsync(service, id, steering.At, context.RequestAborted));
    }

    private static Budget? BudgetOf(string? total, string? by, Budget present)
    {
        if (total is not null && by is not null)
        {
            throw ProblemException.Unsuitable("by", "nothing beside a new total", $"'{by}'");
        }

        if (by is null)
        {
            return total is null ? null : Budget.Parse(total);
        }

        Budget more = Budget.Parse(by);
        return more.Unit == present.Unit
            ? present with { Amount = present.Amount + more.Amount }
            : throw ProblemException.Unsuitable("by", $"{present.Unit.ToString().ToLowerInvariant()} like the present {present}", $"{more}");
    }
}
