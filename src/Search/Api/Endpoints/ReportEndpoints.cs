using System.Text;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Reports;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Report;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>The outcome of a search, also of one that still runs: report, page, table and weights.</summary>
internal static class ReportEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        const string ok = "application/octet-stream";
        api.MapGet("/searches/{id}/report", async (HttpContext context, ReportCache reports) =>
                Text(ReportJson.Serialize(await ReportAsync(context, reports)), "application/json"))
            .Answers<SearchReport>(Policies.Viewer, "The whole outcome so far.");
        api.MapGet("/searches/{id}/report.html", async (HttpContext context, ReportCache reports) =>
            {
                ReportCache.Made made = await MadeAsync(context, reports);
                SecurityHeaders.AllowPage(context.Response, PageScript.TextOf(ChartBundle.Embedded));
                return Text(HtmlReport.Of(made.Report, made.Model), "text/html");
            })
            .Answers(Policies.Viewer, "The same as a page.", StatusCodes.Status200OK, "text/html");
        api.MapGet("/searches/{id}/trials.csv", async (HttpContext context, ReportCache reports) =>
                Text(TrialsCsv.Of(await ReportAsync(context, reports)), "text/csv"))
            .Answers(Policies.Viewer, "One row for each measurement.", StatusCodes.Status200OK, "text/csv");
        api.MapGet("/searches/{id}/weights/{which:regex(^(baseline|chosen)$)}", WeightsAsync)
            .Answers(Policies.Viewer, "FP32 weights of the baseline, or of the chosen network to be quantised with its bits (safetensors).", StatusCodes.Status200OK, ok);
    }

    private static async Task<SearchReport> ReportAsync(HttpContext context, ReportCache reports) => (await MadeAsync(context, reports)).Report;

    private static Task<ReportCache.Made> MadeAsync(HttpContext context, ReportCache reports) =>
        reports.OfAsync(RequestValues.SearchId(context), context.RequestAborted);

    private static IResult Text(string text, string contentType) => Results.Text(text, contentType, Encoding.UTF8);

    private static async Task<IResult> WeightsAsync(HttpContext context, ISearchService service, FileArtifactStore artifacts)
    {
        string id = RequestValues.SearchId(context);
        string which = $"{context.Request.RouteValues["which"]}";
        SearchState state = (await service.ReadAsync(id, context.RequestAborted)).State;
        string? hash = which == "baseline" ? state.Baseline?.Checkpoint : state.ChosenCheckpoint();
        return hash is not null && artifacts.Contains(hash)
            ? Results.Stream(artifacts.OpenRead(hash), "application/octet-stream", $"{id}-{which}.safetensors", enableRangeProcessing: true)
            : throw ProblemException.NotFound($"Weights: expected a search that has its {which} network, actual one without.");
    }
}
