using System.Diagnostics;
using System.Threading.Channels;
using Bitcurve.Search.Store;
using Bitcurve.Search.Telemetry;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting;

/// <summary>
/// One search, kept by one process at a time: turns requests into events, journals them, and only then answers. Requests that arrive while
/// the store writes are journalled together with the next write. When a write fails, the callers get the exception and the search stays as
/// it was journalled last. Thread-safe.
/// </summary>
public sealed class SearchHost : IAsyncDisposable
{
    private const int MaximumBatch = 1024;

    private readonly Channel<Request> requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim selecting = new(1, 1);
    private readonly ISearchStore store;
    private readonly ISelectionStrategy strategy;
    private readonly TimeProvider time;
    private readonly TimeSpan leaseDuration;
    private readonly SnapshotWriter snapshots;
    private readonly QueueWaits waits;
    private readonly Task loop;
    private Journalled journalled;
    private TaskCompletionSource changed = NewSignal();
    private Failure? failure;

    /// <param name="store">Of the journal.</param>
    /// <param name="strategy">Asked when a worker needs another job.</param>
    /// <param name="time">The clock of the events.</param>
    /// <param name="leaseDuration">How long a silent worker keeps its job.</param>
    /// <param name="opened">The search as journalled.</param>
    /// <param name="snapshots">Of this search.</param>
    /// <param name="queuedSince">When its queued jobs were queued, for a new search; null where that is not known.</param>
    internal SearchHost(
        ISearchStore store, ISelectionStrategy strategy, TimeProvider time, TimeSpan leaseDuration, Journalled opened, SnapshotWriter snapshots,
        DateTimeOffset? queuedSince = null)
    {
        this.store = store;
        this.strategy = strategy;
        this.time = time;
        this.leaseDuration = leaseDuration;
        this.snapshots = snapshots;
        journalled = opened;
        waits = new QueueWaits(opened.State, queuedSince);

        // Whoever opens a search is not the cause of all that ever happens to it.
        using (ExecutionContext.SuppressFlow())
        {
            loop = Task.Run(ServeAsync);
        }
    }

    /// <summary>A state and the number of events that lead to it.</summary>
    /// <param name="State">After the last event.</param>
    /// <param name="Version">Events so far.</param>
    /// <param name="Trouble">Why the strategy failed when it was asked about this state; null while all is well.</param>
    public sealed record Journalled(SearchState State, long Version, string? Trouble = null);

    /// <summary>What the strategy threw, and the state that it was asked about.</summary>
    private sealed record Failure(SearchState Basis, Exception Problem);

    private sealed record Request(
        Func<SearchState, DateTimeOffset, SearchEvent?> Event, TaskCompletionSource<EventAnswer?> Answer, ActivityContext Asker, CancellationToken Cancellation);

    /// <summary>Raised after every journalled change, in order, on the thread that serves this search: handlers must be quick.</summary>
    public event Action<SearchState>? SearchChanged;

    /// <summary>The search as journalled last, with its version.</summary>
    public Journalled Now => Trouble is Exception problem ? Volatile.Read(ref journalled) with { Trouble = problem.Message } : Volatile.Read(ref journalled);

    /// <summary>
    /// What the strategy threw when it was asked last; it is not asked again about the same state, and everything else goes on. Null while
    /// all is well.
    /// </summary>
    public Exception? Trouble => Volatile.Read(ref failure)?.Problem;

    public SearchState State => Volatile.Read(ref journalled).State;

    /// <summary>Completes with the next journalled change. Take it before reading the state: a change in between is not missed.</summary>
    public Task NextChange => Volatile.Read(ref changed).Task;

    /// <summary>Why this host can no longer serve: another one appended to the same journal. Null while all is well.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Applies an event made from the present state and time; null from <paramref name="make"/> means that nothing is to happen.</summary>
    /// <returns>The answer, or null when nothing was to happen.</returns>
    /// <exception cref="ArgumentException">The event does not suit the search.</exception>
    /// <exception cref="InvalidOperationException">The search is not in a state in which this can happen.</exception>
    /// <exception cref="ConcurrencyException">Another host serves this search.</exception>
    public Task<EventAnswer?> ApplyAsync(Func<SearchState, DateTimeOffset, SearchEvent?> make, CancellationToken cancellation)
    {
        var request = new Request(make, new(TaskCreationOptions.RunContinuationsAsynchronously), AppendSpan.Asker, cancellation);
        return requests.Writer.TryWrite(request)
            ? request.Answer.Task.WaitAsync(cancellation)
            : throw new ObjectDisposedException($"Search {State.Definition.Id} is closed.");
    }

    /// <summary>Applies an event that needs no more of the present than its time.</summary>
    public async Task<EventAnswer> ApplyAsync(Func<DateTimeOffset, SearchEvent> make, CancellationToken cancellation) =>
        (await ApplyAsync((_, now) => make(now), cancellation))!;

    /// <summary>
    /// A job for a worker, or null when there is none at present. Asks the strategy where needed, on a thread of its own: heartbeats and
    /// reports go on meanwhile. A strategy that fails has no job; <see cref="Trouble"/> says why.
    /// </summary>
    /// <exception cref="ArgumentException">The worker cannot train this search's workload.</exception>
    public async Task<JobOrder?> TryLeaseAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        worker.RequireSuitable(State.Definition.Workload);
        while (true)
        {
            EventAnswer? granted = await ApplyAsync(
                (state, now) => state.HasQueued(now)
                    ? new SearchEvent.Leased(now, worker.WorkerId, worker.DeviceKind, leaseDuration)
                    : null,
                cancellation);
            if (granted?.Order is JobOrder order)
            {
                return order;
            }

            if (!State.NeedsSelection(time.GetUtcNow()) || !await SelectAsync(worker.DeviceKind, cancellation))
            {
                return null;
            }
        }
    }

    /// <summary>Serves what was asked so far, writes a snapshot, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        requests.Writer.TryComplete();
        await loop;
        await snapshots.CloseAsync(Fault is null ? Volatile.Read(ref journalled) : null);
        selecting.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>Whether asking for a job again may help.</returns>
    private async Task<bool> SelectAsync(string deviceKind, CancellationToken cancellation)
    {
        await selecting.WaitAsync(cancellation);
        try
        {
            Journalled basis = Volatile.Read(ref journalled);
            if (!basis.State.NeedsSelection(time.GetUtcNow()))
            {
                return true;
            }

            return !ReferenceEquals(failure?.Basis, basis.State) && await SelectAsync(basis, deviceKind, cancellation);
        }
        finally
        {
            selecting.Release();
        }
    }

    private async Task<bool> SelectAsync(Journalled basis, string deviceKind, CancellationToken cancellation)
    {
        string? device = basis.State.Definition.Selection.CostPerDevice ? deviceKind : null;
        try
        {
            SelectedJob? selection = Ordering.MaySelect(basis.State)
                ? await Task.Run(() => DecisionInstruments.Choose(strategy, basis.State.AskedFor(device)), cancellation)
                : null;
            EventAnswer? taken = await ApplyAsync(
                (state, now) => Ordering.IsStillMeant(state, selection, basis.State)
                    ? new SearchEvent.Selected(now, selection, basis.Version, device)
                    : null,
                cancellation);
            Volatile.Write(ref failure, null);
            return taken is null || !ReferenceEquals(State, basis.State);
        }
        catch (Exception problem) when (IsOfStrategy(problem))
        {
            Volatile.Write(ref failure, new Failure(basis.State, problem));
            return false;
        }
    }

    /// <summary>Whatever a strategy throws; not that the caller gave up, that the host is closed, or that the journal could not be written.</summary>
    private static bool IsOfStrategy(Exception problem) =>
        problem is not (OperationCanceledException or ObjectDisposedException or IOException or ConcurrencyException);

    private async Task ServeAsync()
    {
        var batch = new List<Request>();
        while (await requests.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaximumBatch && requests.Reader.TryRead(out Request? request))
            {
                batch.Add(request);
            }

            await ServeAsync(batch);
        }
    }

    private async Task ServeAsync(IReadOnlyList<Request> batch)
    {
        var answers = new List<Action>();
        var askers = new List<ActivityContext>();
        Journalled before = Volatile.Read(ref journalled);
        try
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            var transaction = new JournalTransaction(before.State, time.GetUtcNow());
            foreach (Request request in batch.Where(request => !request.Cancellation.IsCancellationRequested))
            {
                int events = transaction.Events.Count;
                answers.Add(transaction.Take(request.Event, request.Answer));
                if (transaction.Events.Count > events)
                {
                    askers.Add(request.Asker);
                }
            }

            if (transaction.Events.Count > 0)
            {
                await AppendAsync(before, transaction.Events, askers);
                Publish(new Journalled(transaction.State, before.Version + transaction.Events.Count), transaction);
                Count(transaction.Steps);
            }
        }
        catch (Exception problem)
        {
            Fault = problem is ConcurrencyException ? problem : Fault;
            foreach (Request request in batch)
            {
                request.Answer.TrySetException(problem);
            }

            return;
        }

        foreach (Action answer in answers)
        {
            answer();
        }
    }

    private async Task AppendAsync(Journalled before, IReadOnlyList<string> events, IReadOnlyList<ActivityContext> askers)
    {
        string id = before.State.Definition.Id;
        using Activity? span = AppendSpan.Start(askers, id, events.Count);
        long started = time.GetTimestamp();

        // Once begun, a write is not cancelled: it must be known whether the events are there.
        await store.AppendAsync(id, before.Version, events, CancellationToken.None);
        JournalInstruments.Appended(time.GetElapsedTime(started));
    }

    private void Count(IReadOnlyList<JournalStep> steps)
    {
        foreach (JournalStep step in steps)
        {
            JournalInstruments.Record(step);
            waits.Follow(step);
        }
    }

    private void Publish(Journalled next, JournalTransaction transaction)
    {
        Volatile.Write(ref journalled, next);
        TaskCompletionSource signal = Interlocked.Exchange(ref changed, NewSignal());
        SearchChanged?.Invoke(next.State);
        signal.SetResult();
        snapshots.Journalled(next, transaction.Bytes);
    }
}
