using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>When the search is open, what happens by time alone, and what the index knows of it.</summary>
internal sealed partial class SearchGrain
{
    private const string ReminderName = "search-goes-on";

    /// <summary>The shortest that reminders allow: so long may a search rest after its silo was lost, unless somebody asks for it.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turning = new(1, 1);
    private IGrainTimer? clock;
    private bool isReminded;
    private (ShareClaim? Claim, bool HasEnded)? noted;

    public async Task<SearchStanding?> StandingAsync()
    {
        try
        {
            return Standing((await HostAsync()).Now);
        }
        catch (SearchNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Only to be activated: opening the search sets everything else going.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            SearchHost host = await HostAsync();
            if (host.State.HasEnded)
            {
                await RestAsync(host);
            }
        }
        catch (SearchNotFoundException)
        {
            await ForgetReminderAsync();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        clock?.Dispose();
        if (opening is not null)
        {
            await Task.WhenAny(opening).WaitAsync(cancellationToken);
            await (opening.IsCompletedSuccessfully ? (await opening).DisposeAsync().AsTask().WaitAsync(cancellationToken) : Task.CompletedTask);
        }
    }

    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    /// <exception cref="ConcurrencyException">Another activation serves it; this one goes.</exception>
    private async Task<SearchHost> HostAsync()
    {
        Task<SearchHost> asked = opening ??= OpenHostAsync();
        SearchHost host;
        try
        {
            host = await asked;
        }
        catch
        {
            opening = opening == asked ? null : opening;
            throw;
        }

        if (host.Fault is Exception fault)
        {
            DeactivateOnIdle();
            throw fault;
        }

        return host;
    }

    private async Task<SearchHost> CreateHostAsync(SearchDefinition definition)
    {
        SearchHost host = await Journal.CreateAsync(
            Store, definition, parts.Strategy(definition), parts.Time, LeaseDuration, CancellationToken.None);
        await AwakeAsync();
        return host;
    }

    /// <summary>Leases begin anew: while no silo had the search, nobody could send heartbeats.</summary>
    private async Task<SearchHost> OpenHostAsync()
    {
        SearchHost host = await Journal.OpenAsync(Store, Id, parts.Strategy, parts.Time, LeaseDuration, CancellationToken.None)
            ?? throw new SearchNotFoundException(Id);
        if (!host.State.HasEnded)
        {
            await host.ApplyAsync(now => new SearchEvent.Reopened(now, LeaseDuration), CancellationToken.None);
        }

        if (!host.State.HasEnded || ended.State.Summary is null)
        {
            await AwakeAsync();
        }

        return host;
    }

    private async Task AwakeAsync()
    {
        TimeSpan interval = parts.Settings.ClockInterval;
        clock ??= this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(interval, interval) { KeepAlive = true });
        await RemindAsync();
    }

    private async Task RemindAsync()
    {
        if (isReminded)
        {
            return;
        }

        try
        {
            await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
            isReminded = true;
        }
        catch (Exception problem) when (GrainCalls.IsTransient(problem))
        {
            log.LogWarning("Search {Search}: no reminder yet, the next tick tries again. {Problem}", Id, problem.Message);
        }
    }

    private async Task TickAsync()
    {
        if (opening is not { IsCompletedSuccessfully: true })
        {
            return;
        }

        try
        {
            SearchHost host = await HostAsync();
            await (host.State.HasEnded ? RestAsync(host) : ExpireAsync(host));
        }
        catch (Exception problem) when (GrainCalls.IsTransient(problem) || problem is StorageFullException or ConcurrencyException)
        {
            log.LogWarning("Search {Search}: the next tick tries again. {Problem}", Id, problem.Message);
        }
    }

    private async Task ExpireAsync(SearchHost host)
    {
        await RemindAsync();
        bool isDue = host.State.NextDue() <= parts.Time.GetUtcNow();
        if (isDue)
        {
            await host.ApplyAsync(moment => new SearchEvent.Expired(moment), CancellationToken.None);
        }

        await NoteAsync(host);
        if (isDue)
        {
            await Index.WakeAsync(host.State.Definition.Workload.ContentHash);
        }
    }

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

    private async Task ForgetReminderAsync()
    {
        isReminded = false;
        if (await this.GetReminder(ReminderName) is IGrainReminder reminder)
        {
            await this.UnregisterReminder(reminder);
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
