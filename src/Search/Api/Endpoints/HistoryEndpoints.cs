using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>What a search tried, ordered and decided, and its journal.</summary>
internal static class HistoryEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        List(api, "trials", "Networks tried, with their measurements.", state => state.Trials, trial => trial.Id);
        List(api, "jobs", "Pieces of training, with where each stands.", state => state.Jobs, job => job.Id);
        List(api, "decisions", "Why each job was picked.", state => state.Decisions, decision => decision.Id);
        api.MapGet("/searches/{id}/journal", JournalAsync)
            .Answers<NumberedPage<JournalEntry>>(Policies.Viewer, "Everything that ever happened to it.");
    }

    private static void List<T>(
        RouteGroupBuilder api, string what, string summary, Func<SearchState, IReadOnlyList<T>> list, Func<T, int> id) =>
        api.MapGet($"/searches/{{id}}/{what}", async (HttpContext context, ISearchService service) =>
        {
            int limit = RequestValues.Limit(context);
            long after = RequestValues.After(context);
            SearchState state = (await service.ReadAsync(RequestValues.SearchId(context), context.RequestAborted)).State;
            T[] found = [.. list(state).Where(item => id(item) > after).OrderBy(id).Take(limit + 1)];
            await JsonAnswer.WriteAsync(context, NumberedPage<T>.Of(found, limit, item => id(item)));
        }).Answers<NumberedPage<T>>(Policies.Viewer, summary);

    private static async Task JournalAsync(HttpContext context, ISearchService service)
    {
        int limit = RequestValues.Limit(context);
        IReadOnlyList<JournalEntry> found = await service.JournalAsync(
            RequestValues.SearchId(context), RequestValues.After(context), limit + 1, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, NumberedPage<JournalEntry>.Of(found, limit, entry => entry.Version));
    }
}
