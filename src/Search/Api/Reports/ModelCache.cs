using System.Collections.Concurrent;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Report;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Reports;

/// <summary>
/// What the models of searches say: fitted, which takes seconds, only where measurements came in since. One fit at a time: watching must not
/// starve the searches. Thread-safe.
/// </summary>
internal sealed class ModelCache(TimeProvider time)
{
    private const int MostSearches = 64;

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> fitting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>What decides the answer. By content, for a state that came from another server consists of other objects.</summary>
    private readonly record struct Basis(int Measurements, ChoosingSettings Choosing)
    {
        internal static Basis Of(SearchState state) => new(ModelledReport.MeasurementsOf(state), state.Definition.Choosing);
    }

    private sealed record Entry(Basis Basis, ModelledReport.Estimated Estimated, DateTimeOffset UsedAt);

    /// <summary>Of this very state; waits for the fit.</summary>
    internal async Task<ModelledReport.Estimated> OfAsync(SearchHost.Journalled search, CancellationToken cancellation)
    {
        Basis basis = Basis.Of(search.State);
        if (Known(search.State.Definition.Id, basis) is ModelledReport.Estimated known)
        {
            return known;
        }

        await one.WaitAsync(cancellation);
        try
        {
            return Known(search.State.Definition.Id, basis) ?? await Task.Run(() => Make(search, basis), cancellation);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The newest picture there is, at once; where it is out of date a newer one is begun behind the caller's back.</summary>
    internal ModelPicture Newest(SearchHost.Journalled search)
    {
        string id = search.State.Definition.Id;
        var basis = Basis.Of(search.State);
        if (ModelledReport.Obstacle(search.State) is string obstacle)
        {
            return ModelPicture.Without(search.State, obstacle) with { Version = search.Version };
        }

        if (Known(id, basis) is null && fitting.TryAdd(id, true))
        {
            _ = Task.Run(() => FitAsync(search));
        }

        return entries.TryGetValue(id, out Entry? entry)
            ? entry.Estimated.Picture
            : ModelPicture.Without(search.State, "The model is being computed.") with { Version = search.Version };
    }

    private async Task FitAsync(SearchHost.Journalled search)
    {
        string id = search.State.Definition.Id;
        try
        {
            await OfAsync(search, CancellationToken.None);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            var picture = ModelPicture.Without(search.State, $"The model could not be fitted: {problem.Message}") with { Version = search.Version };
            entries[id] = new Entry(Basis.Of(search.State), new ModelledReport.Estimated([], null, picture), time.GetUtcNow());
        }
        finally
        {
            fitting.TryRemove(id, out _);
        }
    }

    private ModelledReport.Estimated? Known(string id, Basis basis)
    {
        if (!entries.TryGetValue(id, out Entry? entry) || entry.Basis != basis)
        {
            return null;
        }

        entries.TryUpdate(id, entry with { UsedAt = time.GetUtcNow() }, entry);
        return entry.Estimated;
    }

    private ModelledReport.Estimated Make(SearchHost.Journalled search, Basis basis)
    {
        ModelledReport.Estimated estimated = ModelledReport.Estimate(search.State);
        estimated = estimated with { Picture = estimated.Picture with { Version = search.Version } };
        entries[search.State.Definition.Id] = new Entry(basis, estimated, time.GetUtcNow());
        foreach ((string id, _) in entries.OrderByDescending(entry => entry.Value.UsedAt).Skip(MostSearches))
        {
            entries.TryRemove(id, out _);
        }

        return estimated;
    }
}
