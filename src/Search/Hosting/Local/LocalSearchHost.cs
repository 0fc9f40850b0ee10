using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>
/// One search in one process: applies transitions one at a time and saves before it answers. When a save fails, the caller gets the
/// exception and the search stays as it was saved last. Thread-safe.
/// </summary>
public sealed class LocalSearchHost : IJobSource, IDisposable
{
    /// <summary>How long a silent worker keeps its job unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultLeaseDuration = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ISearchStore store;
    private readonly ISelectionStrategy strategy;
    private readonly TimeProvider time;
    private readonly TimeSpan leaseDuration;
    private string? etag;
    private SearchState state;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalSearchHost(
        ISearchStore store, ISelectionStrategy strategy, TimeProvider time, TimeSpan leaseDuration, SearchState state, string? etag)
    {
        this.store = store;
        this.strategy = strategy;
        this.time = time;
        this.leaseDuration = leaseDuration;
        this.state = state;
        this.etag = etag;
    }

    /// <summary>Raised after every saved change, outside the lock, on the thread that made the change.</summary>
    public event Action<SearchState>? SearchChanged;

    /// <summary>The search as saved last.</summary>
    public SearchState State => Volatile.Read(ref state);

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
        StoredSearch? stored = await store.LoadAsync(definition.Id, cancellation);
        SearchState opened = stored is null
            ? SearchState.Create(definition)
            : Reopen(SearchJson.Deserialize(stored.Json), definition, time.GetUtcNow());
        var host = new LocalSearchHost(store, strategy, time, leaseDuration ?? DefaultLeaseDuration, opened, stored?.Etag);
        host.etag = await store.SaveAsync(definition.Id, SearchJson.Serialize(opened), host.etag, cancellation);
        return host;
    }

    /// <summary>The stored search of an id, unchanged: for reports. Null when there is none.</summary>
    public static async Task<SearchState?> ReadAsync(ISearchStore store, string id, CancellationToken cancellation) =>
        await store.LoadAsync(id, cancellation) is StoredSearch stored ? SearchJson.Deserialize(stored.Json) : null;

    /// <inheritdoc/>
    public async Task<JobOrder?> LeaseAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        while (true)
        {
            // Taken before the question is asked: a change between the answer and the wait must not be missed.
            Task change = Volatile.Read(ref changed).Task;
            LeaseOutcome outcome = await ApplyAsync(
                (current, now) => current.Lease(worker, now, leaseDuration, strategy), cancellation);
            if (outcome.Answer != LeaseAnswer.NothingNow)
            {
                return outcome.Order;
            }

            await WaitAsync(change, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task<HeartbeatAnswer> HeartbeatAsync(JobOrder order, JobProgress progress, CancellationToken cancellation) =>
        ApplyAsync((current, now) => current.Heartbeat(order, progress, now, leaseDuration), cancellation);

    /// <inheritdoc/>
    public Task ReportAsync(JobOrder order, JobReport report, CancellationToken cancellation) =>
        ApplyAsync((current, now) => current.Report(order, report, now), cancellation);

    public Task PauseAsync(CancellationToken cancellation) =>
        ApplyAsync((current, now) => (current.Pause(now), true), cancellation);

    public Task ResumeAsync(CancellationToken cancellation) =>
        ApplyAsync((current, now) => (current.Resume(now), true), cancellation);

    public Task TopUpAsync(Budget budget, CancellationToken cancellation) =>
        ApplyAsync((current, now) => (current.TopUp(budget, now), true), cancellation);

    public Task CancelAsync(CancellationToken cancellation) =>
        ApplyAsync((current, now) => (current.Cancel(now), true), cancellation);

    public void Dispose() => gate.Dispose();

    private static SearchState Reopen(SearchState stored, SearchDefinition definition, DateTimeOffset now)
    {
        List<string> differences = [.. DefinitionDifference.Between(stored.Definition, definition).Select(difference => $"{difference}")];
        Budget present = stored.Definition.Budget;
        if (definition.Budget.Unit != present.Unit || definition.Budget.Amount < present.Amount)
        {
            differences.Add($"budget: expected at least {present}, actual {definition.Budget}");
        }

        return differences.Count > 0
            ? throw new SearchMismatchException(definition.Id, differences)
            : stored.ReleaseAll().TopUp(definition.Budget, now);
    }

    private async Task<T> ApplyAsync<T>(
        Func<SearchState, DateTimeOffset, (SearchState State, T Answer)> transition, CancellationToken cancellation)
    {
        SearchState next;
        T answer;
        TaskCompletionSource signal;
        await gate.WaitAsync(cancellation);
        try
        {
            (next, answer) = transition(state, time.GetUtcNow());
            if (ReferenceEquals(next, state))
            {
                return answer;
            }

            // Once begun, a save is not cancelled: an etag that nobody knows would lock this host out of its own search.
            etag = await store.SaveAsync(next.Definition.Id, SearchJson.Serialize(next), etag, CancellationToken.None);
            Volatile.Write(ref state, next);
            signal = Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        finally
        {
            gate.Release();
        }

        signal.SetResult();
        SearchChanged?.Invoke(next);
        return answer;
    }

    /// <summary>Until the search changes or the first lease expires.</summary>
    private async Task WaitAsync(Task change, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TimeSpan delay = Timeout.InfiniteTimeSpan;
        if (State.NextExpiry() is DateTimeOffset expiry)
        {
            TimeSpan left = expiry - time.GetUtcNow();
            delay = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        await Task.WhenAny(change, Task.Delay(delay, time, waiting.Token));
        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}
