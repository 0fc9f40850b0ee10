using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Reports;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Report;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>What dashboards draw of a search.</summary>
internal static class PictureEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/searches/{id}/picture", async (HttpContext context, PictureCache pictures) =>
            {
                SearchPicture picture = await pictures.OfAsync(
                    RequestValues.SearchId(context), RequestValues.Since(context), context.RequestAborted);
                await JsonAnswer.WriteAsync(context, picture);
            })
            .Answers<SearchPicture>(Policies.Viewer, "All that charts draw of it; with since, only the trials and decisions that are other than at that version.");
        api.MapGet("/searches/{id}/model", async (HttpContext context, ISearchService service, ModelCache models) =>
                await JsonAnswer.WriteAsync(
                    context, models.Newest(await service.ReadAsync(RequestValues.SearchId(context), context.RequestAborted))))
            .Answers<ModelPicture>(Policies.Viewer, "What its model says, as fitted last: at once, while a newer one is made.");
    }
}
