using System.Text.Json.Serialization;
using Bitcurve.Search.Choosing;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>
/// Something that happened to a search. A search is its events: <see cref="EventTransitions.Apply"/> folds them to the present state, and
/// the same events give the same bytes. Events hold everything that the transition needs, the time included.
/// </summary>
/// <param name="At">When, by the host's clock.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Selected), "selected")]
[JsonDerivedType(typeof(Leased), "leased")]
[JsonDerivedType(typeof(Heartbeat), "heartbeat")]
[JsonDerivedType(typeof(Reported), "reported")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(WorkerLost), "workerLost")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(AllReleased), "allReleased")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(ToppedUp), "toppedUp")]
[JsonDerivedType(typeof(Extended), "extended")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
public abstract record SearchEvent(DateTimeOffset At)
{
    /// <summary>Always the first event.</summary>
    public sealed record Created(DateTimeOffset At, SearchDefinition Definition) : SearchEvent(At);

    /// <summary>The strategy was asked what to train next.</summary>
    /// <param name="At">When its answer was taken.</param>
    /// <param name="Selection">Its answer; null when it had nothing, or when budget or regret forbade to ask.</param>
    /// <param name="BasedOn">Events that the state contained which the strategy saw: what happened while it computed is not in it.</param>
    /// <param name="DeviceKind">Of the worker that it chose for; null where the cost does not depend on it.</param>
    public sealed record Selected(DateTimeOffset At, SelectedJob? Selection, long BasedOn, string? DeviceKind = null) : SearchEvent(At);

    /// <summary>The oldest queued job went to a worker.</summary>
    public sealed record Leased(DateTimeOffset At, string WorkerId, string DeviceKind, TimeSpan Duration) : SearchEvent(At);

    public sealed record Heartbeat(DateTimeOffset At, int JobId, long Token, JobProgress Progress, TimeSpan Duration) : SearchEvent(At);

    public sealed record Reported(DateTimeOffset At, int JobId, long Token, JobReport Report) : SearchEvent(At);

    /// <summary>A worker handed its job back in good order.</summary>
    public sealed record Released(DateTimeOffset At, int JobId, long Token) : SearchEvent(At);

    /// <summary>A worker is known to have died: its jobs need not wait until their leases expire.</summary>
    public sealed record WorkerLost(DateTimeOffset At, string WorkerId) : SearchEvent(At);

    /// <summary>Leases whose time is over end.</summary>
    public sealed record Expired(DateTimeOffset At) : SearchEvent(At);

    /// <summary>The host is back: nobody could send heartbeats meanwhile, so every lease starts anew.</summary>
    public sealed record Reopened(DateTimeOffset At, TimeSpan Duration) : SearchEvent(At);

    /// <summary>The host is back, and the only worker was a part of it: no lease is left.</summary>
    public sealed record AllReleased(DateTimeOffset At) : SearchEvent(At);

    public sealed record Paused(DateTimeOffset At) : SearchEvent(At);

    public sealed record Resumed(DateTimeOffset At) : SearchEvent(At);

    /// <param name="At">When.</param>
    /// <param name="Budget">The new total.</param>
    public sealed record ToppedUp(DateTimeOffset At, Budget Budget) : SearchEvent(At);

    /// <summary>A search that has ended goes on, or chooses and verifies anew; what is null stays.</summary>
    public sealed record Extended(DateTimeOffset At, Budget? Budget, ChoosingSettings? Choosing, VerificationSettings? Verification)
        : SearchEvent(At);

    public sealed record Cancelled(DateTimeOffset At) : SearchEvent(At);
}

/// <summary>What the one who caused an event is told; empty for most.</summary>
public sealed record EventAnswer(JobOrder? Order = null, HeartbeatAnswer? Heartbeat = null, ReportAnswer? Report = null);

/// <summary>An event with its place in the journal.</summary>
/// <param name="Version">Counts from 1.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(long Version, SearchEvent Event);
