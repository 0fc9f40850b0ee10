using System.Diagnostics;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// The span of one write to the journal. Requests that came together are written together: the span belongs to the first one's trace and
/// is linked to the others'. What nobody asked for, such as the end of a lease, has no span.
/// </summary>
internal static class AppendSpan
{
    /// <summary>What to remember of whoever asks now; the default where nobody records it.</summary>
    internal static ActivityContext Asker =>
        SearchTelemetry.Source.HasListeners() && Activity.Current is { Recorded: true } request ? request.Context : default;

    /// <param name="askers">Of the requests that caused the events.</param>
    /// <param name="searchId">Whose journal.</param>
    /// <param name="events">How many are written.</param>
    internal static Activity? Start(IReadOnlyList<ActivityContext> askers, string searchId, int events)
    {
        ActivityContext[] known = [.. askers.Where(asker => asker != default)];
        if (known.Length == 0)
        {
            return null;
        }

        ActivityLink[]? links = known.Length == 1 ? null : [.. known.Skip(1).Select(asker => new ActivityLink(asker))];
        Activity? span = SearchTelemetry.Source.StartActivity("append", ActivityKind.Internal, known[0], links: links);
        return span?.SetTag(SpanTags.SearchId, searchId).SetTag(SpanTags.Events, events);
    }
}
