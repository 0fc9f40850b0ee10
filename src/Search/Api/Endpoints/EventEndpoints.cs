using System.Text;
using System.Text.Json;
using Bitcurve.Search.Api.Json;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>
/// A search's events as they happen (server-sent events). The id of an event is its version in the journal, so that a browser that lost the
/// connection goes on where it was. The stream ends after the search has ended.
/// </summary>
internal static class EventEndpoints
{
    private const string ContentType = "text/event-stream";
    private static readonly byte[] KeepAlive = ": alive\n\n"u8.ToArray();

    internal static void Map(RouteGroupBuilder api) =>
        api.MapGet("/searches/{id}/events", StreamAsync)
            .Answers(Policies.Viewer, "Its events as they happen; Last-Event-ID or after goes on behind an earlier one.", StatusCodes.Status200OK, ContentType);

    private static async Task StreamAsync(HttpContext context, ISearchService service, ServerOptions options, TimeProvider time, Drain drain)
    {
        string id = RequestValues.SearchId(context);
        long after = RequestValues.Header(context, "Last-Event-ID") ?? RequestValues.After(context);
        SearchHost.Journalled search = await service.ReadAsync(id, context.RequestAborted);
        context.Response.ContentType = ContentType;
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.StartAsync(context.RequestAborted);
        using CancellationTokenSource watching = drain.Waiting(context);
        try
        {
            await foreach (JournalEntry? entry in service.WatchAsync(id, after, watching.Token).WithPauses(options.EventKeepAlive, time, watching.Token))
            {
                if (entry is not null && entry.Version > search.Version)
                {
                    search = await service.ReadAsync(id, watching.Token);
                }

                await context.Response.Body.WriteAsync(entry is null ? KeepAlive : Text(entry, search.State), watching.Token);
                await context.Response.Body.FlushAsync(watching.Token);
            }
        }
        catch (OperationCanceledException) when (watching.IsCancellationRequested)
        {
            // The caller left, or the server closes: the client asks again with the last id that it saw.
            return;
        }
    }

    private static byte[] Text(JournalEntry entry, SearchState state)
    {
        EventSummary summary = EventSummary.Of(entry, state);
        return Encoding.UTF8.GetBytes($"id: {entry.Version}\nevent: {summary.Kind}\ndata: {JsonSerializer.Serialize(summary, ApiJson.Options)}\n\n");
    }
}
