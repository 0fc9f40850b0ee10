using Bitcurve.Search.Trials;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>What others know of the search while they do not ask it: the index, and the note of one that has ended.</summary>
internal sealed partial class SearchGrain
{
    private readonly SemaphoreSlim turning = new(1, 1);
    private (ShareClaim? Claim, bool HasEnded)? noted;

    public async Task<SearchStanding?> StandingAsync() => await FindAsync() is SearchHost host ? Standing(host.Now) : null;

    /// <summary>Does what may end the search's rest. What says that it has ended is taken back first: a crash in between must not hide it.</summary>
    private async Task ChangeStandingAsync(SearchHost host, Func<Task> change)
    {
        await turning.WaitAsync();
        try
        {
            if (!host.State.HasEnded)
            {
                await change();
                return;
            }

            ended.State = new EndedSearch();
            await ended.WriteStateAsync();
            await Index.NoteAsync(Standing(host.Now) with { HasEnded = false });
            noted = null;
            try
            {
                await change();
            }
            finally
            {
                // Refused: the next tick lets it rest again.
                await AwakeAsync();
            }
        }
        finally
        {
            turning.Release();
        }
    }

    /// <summary>An ended search: notes what is asked of it most and lets the grain go.</summary>
    private async Task RestAsync(SearchHost host)
    {
        await turning.WaitAsync();
        try
        {
            SearchState state = host.State;
            if (!state.HasEnded)
            {
                return;
            }

            ended.State = new EndedSearch
            {
                Summary = GrainJson.Write(SearchSummary.Of(state)),
                Artifacts = [.. state.ReferencedArtifacts().Order(StringComparer.Ordinal)],
            };
            await ended.WriteStateAsync();
            await NoteAsync(host);
            await ForgetReminderAsync();
            clock?.Dispose();
            clock = null;
        }
        finally
        {
            turning.Release();
        }
    }

    /// <summary>Tells the index when the search's standing changed. One that cannot be told now is told with the next tick.</summary>
    private async Task NoteAsync(SearchHost host)
    {
        SearchHost.Journalled now = host.Now;
        (ShareClaim? Claim, bool HasEnded) standing = (ShareClaim.Of(now.State), now.State.HasEnded);
        if (noted == standing)
        {
            return;
        }

        try
        {
            await Index.NoteAsync(Standing(now));
            noted = standing;
        }
        catch (Exception problem) when (GrainCalls.IsTransient(problem))
        {
            log.LogWarning("Search {Search}: the index did not answer. {Problem}", Id, problem.Message);
        }
    }

    private static SearchStanding Standing(SearchHost.Journalled now) => new(
        now.State.Definition.Id,
        now.Version,
        ShareClaim.Of(now.State) is ShareClaim claim ? GrainJson.Write(claim) : null,
        now.State.HasEnded);

    private IIndexGrain Index => GrainFactory.GetGrain<IIndexGrain>(GrainKeys.Index);
}

/// <summary>Stored: what is asked most of a search that has ended, so that it need not be opened; empty while it goes on.</summary>
internal sealed class EndedSearch
{
    /// <summary>JSON of a <see cref="SearchSummary"/>, null while the search goes on.</summary>
    public string? Summary { get; init; }

    /// <summary>That its results refer to.</summary>
    public string[] Artifacts { get; init; } = [];
}
