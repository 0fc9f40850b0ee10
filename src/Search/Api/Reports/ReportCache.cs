using System.Collections.Concurrent;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Report;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Reports;

/// <summary>
/// Reports of searches, made when asked for: once per version of the search, with what <see cref="ModelCache"/> has of its model. One at a
/// time: reports must not starve the searches. Thread-safe.
/// </summary>
internal sealed class ReportCache(ISearchService service, ModelCache models, TimeProvider time)
{
    private const int MostReports = 64;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim making = new(1, 1);

    /// <summary>A report, and what charts draw of the model behind it.</summary>
    internal sealed record Made(SearchReport Report, ModelPicture Model);

    private sealed record Entry(long Version, Made Made, DateTimeOffset UsedAt);

    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    internal async Task<Made> OfAsync(string id, CancellationToken cancellation)
    {
        SearchHost.Journalled search = await service.ReadAsync(id, cancellation);
        if (Known(id, search.Version) is Made known)
        {
            return known;
        }

        await making.WaitAsync(cancellation);
        try
        {
            return Known(id, search.Version) ?? await MakeAsync(id, search, cancellation);
        }
        finally
        {
            making.Release();
        }
    }

    private Made? Known(string id, long version)
    {
        if (!entries.TryGetValue(id, out Entry? entry) || entry.Version < version)
        {
            return null;
        }

        entries.TryUpdate(id, entry with { UsedAt = time.GetUtcNow() }, entry);
        return entry.Made;
    }

    private async Task<Made> MakeAsync(string id, SearchHost.Journalled search, CancellationToken cancellation)
    {
        ReportFacts facts = await FactsAsync(search, cancellation);
        ModelledReport.Estimated estimated = await models.OfAsync(search, cancellation);
        var made = new Made(ModelledReport.Of(search.State, estimated, facts), estimated.Picture);
        entries[id] = new Entry(search.Version, made, time.GetUtcNow());
        Trim();
        return made;
    }

    private async Task<ReportFacts> FactsAsync(SearchHost.Journalled search, CancellationToken cancellation)
    {
        SearchState state = search.State;
        IReadOnlyList<JournalEntry> last = await service.JournalAsync(state.Definition.Id, search.Version - 1, 1, cancellation);
        DateTimeOffset now = time.GetUtcNow();
        string[] devices = [.. state.Jobs.Select(job => job.DeviceKind).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new ReportFacts
        {
            CreatedAt = now,
            ProductVersion = Product.Version,
            DeviceKind = devices.Length == 0 ? "none yet" : string.Join(", ", devices),
            TotalSeconds = state.CreatedAt is DateTimeOffset begun ? ((last.Count > 0 ? last[0].Event.At : now) - begun).TotalSeconds : 0,
        };
    }

    private void Trim()
    {
        foreach ((string id, _) in entries.OrderByDescending(entry => entry.Value.UsedAt).Skip(MostReports))
        {
            entries.TryRemove(id, out _);
        }
    }
}
