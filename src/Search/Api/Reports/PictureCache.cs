using System.Collections.Concurrent;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Report;

namespace Bitcurve.Search.Api.Reports;

/// <summary>
/// Pictures of searches as they are now, each made once per version, and what is needed to answer "what is new since?" for the versions
/// handed out last. No model is fitted here. Thread-safe.
/// </summary>
internal sealed class PictureCache(ISearchService service, TimeProvider time)
{
    private const int MostSearches = 64;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private sealed record Entry(SearchPicture Picture, PictureMarks Marks, DateTimeOffset UsedAt);

    /// <summary>The present picture, or what is other in it than in that of an earlier version; complete where that is not remembered.</summary>
    /// <param name="id">Of the search.</param>
    /// <param name="since">Version of a picture that the caller has, 0 for none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    internal async Task<SearchPicture> OfAsync(string id, long since, CancellationToken cancellation)
    {
        SearchHost.Journalled search = await service.ReadAsync(id, cancellation);
        entries.TryGetValue(id, out Entry? known);
        DateTimeOffset now = time.GetUtcNow();
        Entry entry = known is not null && known.Picture.Version >= search.Version
            ? known with { UsedAt = now }
            : Made(search, known?.Marks ?? PictureMarks.None, now);

        // Of two that are made at once either may stay: a mark that is lost only makes a later answer complete.
        entries[id] = entry;
        Trim();
        return entry.Marks.Since(entry.Picture, since);
    }

    private static Entry Made(SearchHost.Journalled search, PictureMarks marks, DateTimeOffset now)
    {
        // What a report says of itself is not in the picture.
        var facts = new ReportFacts { CreatedAt = now, ProductVersion = Product.Version, DeviceKind = "" };
        SearchReport report = SearchReportBuilder.Build(search.State, [], facts);
        SearchPicture picture = SearchPicture.Of(search.State, search.Version, report);
        return new Entry(picture, marks.And(picture), now);
    }

    private void Trim()
    {
        if (entries.Count <= MostSearches)
        {
            return;
        }

        foreach ((string id, _) in entries.OrderByDescending(entry => entry.Value.UsedAt).Skip(MostSearches))
        {
            entries.TryRemove(id, out _);
        }
    }
}
