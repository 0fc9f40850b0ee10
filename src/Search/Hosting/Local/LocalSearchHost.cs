using System.Runtime.ExceptionServices;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>One search and its only worker in one process: what <c>bitcurve run</c> is. Thread-safe.</summary>
public sealed class LocalSearchHost : IJobSource, IAsyncDisposable
{
    /// <summary>How long a silent worker keeps its job unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultLeaseDuration = TimeSpan.FromMinutes(2);

    private readonly SearchHost host;
    private readonly TimeProvider time;
    private readonly TimeSpan leaseDuration;

    private LocalSearchHost(SearchHost host, TimeProvider time, TimeSpan leaseDuration) =>
        (this.host, this.time, this.leaseDuration) = (host, time, leaseDuration);

    /// <summary>Raised after every saved change, on the thread that serves the search.</summary>
    public event Action<SearchState>? SearchChanged
    {
        add => host.SearchChanged += value;
        remove => host.SearchChanged -= value;
    }

    /// <summary>The search as saved last.</summary>
    public SearchState State => host.State;

    /// <summary>
    /// Creates the search, or goes on with the stored one: jobs that a dead process held are free at once, and a larger budget tops up.
    /// The caller must be the only host of this search (see <see cref="SearchFolder"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The definition contradicts itself.</exception>
    /// <exception cref="SearchMismatchException">The stored search has another definition; nothing is changed.</exception>
    /// <exception cref="InvalidDataException">What is stored is no search of this version.</exception>
    public static async Task<LocalSearchHost> OpenAsync(
        ISearchStore store,
        SearchDefinition definition,
        ISelectionStrategy strategy,
        TimeProvider time,
        CancellationToken cancellation,
        TimeSpan? leaseDuration = null)
    {
        definition.Validate();
        TimeSpan duration = leaseDuration ?? DefaultLeaseDuration;
        if (await Journal.OpenAsync(store, definition.Id, _ => strategy, time, duration, cancellation) is not SearchHost host)
        {
            return new(await Journal.CreateAsync(store, definition, strategy, time, duration, cancellation), time, duration);
        }

        try
        {
            RequireSame(host.State.Definition, definition);
            await host.ApplyAsync(now => new SearchEvent.AllReleased(now), cancellation);
            await host.ApplyAsync(now => new SearchEvent.ToppedUp(now, definition.Budget), cancellation);
            return new(host, time, duration);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The stored search of an id, unchanged: for reports. Null when there is none.</summary>
    public static async Task<SearchState?> ReadAsync(ISearchStore store, string id, CancellationToken cancellation) =>
        (await Journal.ReadAsync(store, id, cancellation))?.State;

    /// <inheritdoc/>
    public async Task<JobOrder?> LeaseAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        while (true)
        {
            // Taken before the question is asked: a change between the answer and the wait must not be missed.
            Task change = host.NextChange;
            JobOrder? order = await host.TryLeaseAsync(worker, cancellation);
            if (order is not null || State.HasEnded)
            {
                return order;
            }

            // Nobody else could be waited for: a fault of the strategy ends the run, where it can be seen.
            if (host.Trouble is Exception problem)
            {
                ExceptionDispatchInfo.Throw(problem);
            }

            await Waiting.UntilAsync(change, State.NextDue(), time, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<HeartbeatAnswer> HeartbeatAsync(JobOrder order, JobProgress progress, CancellationToken cancellation)
    {
        Reporting.RequireOwn(State, order);
        JobProgress achieved = progress.WithoutReadings();
        EventAnswer answer = await host.ApplyAsync(
            now => new SearchEvent.Heartbeat(now, order.JobId, order.FencingToken, achieved, leaseDuration), cancellation);
        return answer.Heartbeat!.Value;
    }

    /// <inheritdoc/>
    public async Task ReportAsync(JobOrder order, JobReport report, CancellationToken cancellation)
    {
        Reporting.RequireOwn(State, order);
        await host.ApplyAsync(now => new SearchEvent.Reported(now, order.JobId, order.FencingToken, report), cancellation);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(JobOrder order, CancellationToken cancellation) =>
        host.ApplyAsync(now => new SearchEvent.Released(now, order.JobId, order.FencingToken), cancellation);

    public Task PauseAsync(CancellationToken cancellation) => host.ApplyAsync(now => new SearchEvent.Paused(now), cancellation);

    public Task ResumeAsync(CancellationToken cancellation) => host.ApplyAsync(now => new SearchEvent.Resumed(now), cancellation);

    public Task TopUpAsync(Budget budget, CancellationToken cancellation) =>
        host.ApplyAsync(now => new SearchEvent.ToppedUp(now, budget), cancellation);

    public Task CancelAsync(CancellationToken cancellation) => host.ApplyAsync(now => new SearchEvent.Cancelled(now), cancellation);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static void RequireSame(SearchDefinition stored, SearchDefinition given)
    {
        List<string> differences = [.. DefinitionDifference.Between(stored, given).Select(difference => $"{difference}")];
        Budget present = stored.Budget;
        if (given.Budget.Unit != present.Unit || given.Budget.Amount < present.Amount)
        {
            differences.Add($"budget: expected at least {present}, actual {given.Budget}");
        }

        if (differences.Count > 0)
        {
            throw new SearchMismatchException(stored.Id, differences);
        }
    }
}
