using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Creating searches, listing them, and one in full.</summary>
internal static class SearchEndpoints
{
    private const int LongestName = 200;

    internal static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/searches", CreateAsync)
            .Accepts<SearchRequest>("application/json")
            .Answers<SearchView>(Policies.Admin, "Begins a search. With an Idempotency-Key seen before: the search of that key.", StatusCodes.Status201Created)
            .Produces<SearchView>();
        api.MapGet("/searches", ListAsync).Answers<Page<SearchSummary>>(Policies.Viewer, "Searches in the order of their ids.");
        api.MapGet("/searches/{id}", ReadAsync).Answers<SearchView>(Policies.Viewer, "One search.");
    }

    private static async Task CreateAsync(HttpContext context, ISearchService service, TimeProvider time)
    {
        string? key = RequestValues.IdempotencyKey(context);
        SearchRequest request = await JsonBody.ReadAsync<SearchRequest>(context);
        if (request.Name is { Length: > LongestName })
        {
            throw ProblemException.Unsuitable("name", $"at most {LongestName} characters", $"{request.Name.Length}");
        }

        WorkloadDescription workload = await WorkloadOfAsync(request, service, context.RequestAborted);
        string id = SearchIds.New(workload.Name);
        SearchState created = await service.CreateAsync(request.Define(id, workload), key, context.RequestAborted);
        SearchView view = await SearchView.ReadAsync(service, created.Definition.Id, time.GetUtcNow(), context.RequestAborted);
        context.Response.Headers.Location = $"/api/v1/searches/{created.Definition.Id}";
        bool isNew = created.Definition.Id == id;
        await JsonAnswer.WriteAsync(context, view, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task ListAsync(HttpContext context, ISearchService service)
    {
        int limit = RequestValues.Limit(context);
        IReadOnlyList<SearchSummary> found = await service.ListAsync(RequestValues.AfterId(context), limit + 1, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, Page<SearchSummary>.Of(found, limit, search => search.Id));
    }

    private static async Task ReadAsync(HttpContext context, ISearchService service, TimeProvider time) => await JsonAnswer.WriteAsync(
        context, await SearchView.ReadAsync(service, RequestValues.SearchId(context), time.GetUtcNow(), context.RequestAborted));

    private static async Task<WorkloadDescription> WorkloadOfAsync(SearchRequest request, ISearchService service, CancellationToken cancellation)
    {
        if (request.Description is WorkloadDescription given)
        {
            WorkloadCheck.Require(given, "description");
            return given.Name == request.Workload
                ? given
                : throw ProblemException.Unsuitable("description.name", $"'{request.Workload}' as in workload", $"'{given.Name}'");
        }

        IReadOnlyList<WorkloadDescription> known = await service.WorkloadsAsync(cancellation);
        return known.FirstOrDefault(workload => workload.Name == request.Workload)
            ?? throw ProblemException.Unsuitable(
                "workload",
                known.Count == 0 ? "one that a worker has offered, and none has yet" : $"one of {string.Join(", ", known.Select(workload => workload.Name))}",
                $"'{request.Workload}'");
    }
}
