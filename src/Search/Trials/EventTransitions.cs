using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>From one state to the next by events: the only way in which a stored search changes.</summary>
public static class EventTransitions
{
    /// <summary>The next state and the answer. An event that changes nothing returns the very same state: it need not be stored.</summary>
    /// <param name="state">Null before <see cref="SearchEvent.Created"/>.</param>
    /// <param name="happened">What happened.</param>
    /// <exception cref="ArgumentException">The event does not suit the search; the message names expected and actual.</exception>
    /// <exception cref="InvalidOperationException">The search is not in a state in which this can happen.</exception>
    public static (SearchState State, EventAnswer Answer) Apply(this SearchState? state, SearchEvent happened) => (state, happened) switch
    {
        (null, SearchEvent.Created created) => Plain(SearchState.Create(created.Definition) with { CreatedAt = created.At }),
        (null, _) => throw new InvalidOperationException($"Journal: expected a search to begin with its creation, actual {happened.GetType().Name}."),
        (_, SearchEvent.Created) => throw new InvalidOperationException("Journal: expected one creation, actual a second one."),
        (_, SearchEvent.Selected selected) => Plain(Ordering.Order(state, selected.Selection, selected.At, selected.DeviceKind)),
        (_, SearchEvent.Leased leased) => Lease(state, leased),
        (_, SearchEvent.Heartbeat beat) => Heartbeat(state, beat),
        (_, SearchEvent.Reported reported) => Report(state, reported),
        (_, SearchEvent.Released released) => Plain(state.Release(released.JobId, released.Token)),
        (_, SearchEvent.WorkerLost lost) => Plain(state.LoseWorker(lost.WorkerId, lost.At)),
        (_, SearchEvent.Expired expired) => Plain(state.ExpireLeases(expired.At)),
        (_, SearchEvent.Reopened reopened) => Plain(state.RenewLeases(reopened.At, reopened.Duration)),
        (_, SearchEvent.AllReleased) => Plain(state.ReleaseAll()),
        (_, SearchEvent.Paused paused) => Plain(state.Pause(paused.At)),
        (_, SearchEvent.Resumed resumed) => Plain(state.Resume(resumed.At)),
        (_, SearchEvent.ToppedUp raised) => Plain(state.TopUp(raised.Budget, raised.At)),
        (_, SearchEvent.Extended extended) => Plain(state.Extend(extended.Budget, extended.Choosing, extended.Verification, extended.At)),
        (_, SearchEvent.Cancelled cancelled) => Plain(state.Cancel(cancelled.At)),
        _ => throw new InvalidOperationException($"Journal: expected a known event, actual {happened.GetType().Name}."),
    };

    private static (SearchState State, EventAnswer Answer) Plain(SearchState state) => (state, new EventAnswer());

    private static (SearchState State, EventAnswer Answer) Lease(SearchState state, SearchEvent.Leased leased)
    {
        (SearchState next, JobOrder? order) = state.GrantQueued(leased.WorkerId, leased.DeviceKind, leased.At, leased.Duration);
        return (next, new EventAnswer(Order: order));
    }

    private static (SearchState State, EventAnswer Answer) Heartbeat(SearchState state, SearchEvent.Heartbeat beat)
    {
        (SearchState next, HeartbeatAnswer answer) = state.Heartbeat(beat.JobId, beat.Token, beat.Progress, beat.At, beat.Duration);
        return (next, new EventAnswer(Heartbeat: answer));
    }

    private static (SearchState State, EventAnswer Answer) Report(SearchState state, SearchEvent.Reported reported)
    {
        (SearchState next, ReportAnswer answer) = state.Report(reported.JobId, reported.Token, reported.Report, reported.At);
        return (next, new EventAnswer(Report: answer));
    }
}
