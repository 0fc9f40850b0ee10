using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>When the search is open, and what happens by time alone.</summary>
internal sealed partial class SearchGrain
{
    private const string ReminderName = "search-goes-on";

    /// <summary>The shortest that reminders allow: so long may a search rest after its silo was lost, unless somebody asks for it.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private IGrainTimer? clock;
    private bool isReminded;

    /// <summary>Only to be activated: opening the search sets everything else going.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (await FindAsync() is not SearchHost host)
        {
            await ForgetReminderAsync();
        }
        else if (host.State.HasEnded)
        {
            await RestAsync(host);
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

    /// <summary>Null where there is no search: an id may have been announced by a creator that died before the first event.</summary>
    private async Task<SearchHost?> FindAsync()
    {
        try
        {
            return await HostAsync();
        }
        catch (SearchNotFoundException)
        {
            return null;
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

    private async Task ForgetReminderAsync()
    {
        isReminded = false;
        if (await this.GetReminder(ReminderName) is IGrainReminder reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
