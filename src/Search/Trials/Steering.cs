using Bitcurve.Search.Choosing;

namespace Bitcurve.Search.Trials;

/// <summary>Transitions that the user asks for.</summary>
public static class Steering
{
    /// <summary>No new jobs until <see cref="Resume"/>; running ones end in their own time. A paused wall clock stands still.</summary>
    public static SearchState Pause(this SearchState state, DateTimeOffset now)
    {
        if (state.Paused || state.HasEnded)
        {
            return state;
        }

        return ActiveClock.Advance(state, now) with { Paused = true, ActiveThrough = null };
    }

    /// <summary>Ends a pause. A search whose baseline failed tries it again, from the newest checkpoint.</summary>
    public static SearchState Resume(this SearchState state, DateTimeOffset now)
    {
        if (!state.Paused && state.Phase != SearchPhase.Failed)
        {
            return state;
        }

        SearchState resumed = state with { Paused = false };
        if (state.Phase == SearchPhase.Failed)
        {
            Job baseline = state.Jobs.First(job => job.Purpose == JobPurpose.Baseline);
            Job again = baseline with { State = JobState.Queued, Attempts = 0, Failure = null };
            resumed = resumed.WithJob(again) with { Phase = SearchPhase.Baseline, EndReason = null };
        }

        return ActiveClock.Advance(resumed, now);
    }

    /// <summary>
    /// Raises the budget. A search that was verifying or completed searches on, whatever had ended it, and completes its verification
    /// after.
    /// </summary>
    /// <exception cref="ArgumentException">Another unit, or a smaller amount.</exception>
    /// <exception cref="InvalidOperationException">The search has no baseline to go on from.</exception>
    public static SearchState TopUp(this SearchState state, Budget budget, DateTimeOffset now)
    {
        Budget present = state.Definition.Budget;
        if (budget.Unit != present.Unit || budget.Amount < present.Amount)
        {
            throw new ArgumentException($"Budget: expected at least {present}, actual {budget}.", nameof(budget));
        }

        if (budget == present)
        {
            return state;
        }

        bool hasEnded = state.HasEnded || state.Phase == SearchPhase.Verifying;
        if (hasEnded && state.Baseline is null)
        {
            throw new InvalidOperationException($"Top-up: expected a search with a baseline, actual none. {state.EndReason}");
        }

        SearchState raised = ActiveClock.Advance(state, now) with
        {
            Definition = state.Definition with { Budget = budget },
            DecisionsAtTopUp = state.Decisions.Count,
        };
        return hasEnded
            ? ActiveClock.Advance(raised with { Phase = SearchPhase.Searching, EndReason = null }, now)
            : raised;
    }

    /// <summary>
    /// Goes on with a search that has ended: with a larger budget, or only to choose and verify anew by other settings. What is null stays.
    /// </summary>
    /// <exception cref="ArgumentException">A setting or the budget does not suit.</exception>
    /// <exception cref="InvalidOperationException">The search has not ended, or has no baseline to go on from.</exception>
    public static SearchState Extend(
        this SearchState state, Budget? budget, ChoosingSettings? choosing, VerificationSettings? verification, DateTimeOffset now)
    {
        if (!state.HasEnded)
        {
            throw new InvalidOperationException($"Extend: expected a search that has ended, actual one that is {state.Phase}. Top it up instead.");
        }

        if (state.Baseline is null)
        {
            throw new InvalidOperationException($"Extend: expected a search with a baseline, actual none. {state.EndReason}");
        }

        SearchDefinition definition = state.Definition with
        {
            Choosing = choosing ?? state.Definition.Choosing,
            Verification = verification ?? state.Definition.Verification,
        };
        definition.Validate();
        SearchState changed = state with { Definition = definition };
        SearchState raised = budget is null ? changed : changed.TopUp(budget, now);
        return ActiveClock.Advance(
            raised with { Phase = SearchPhase.Searching, EndReason = null, DecisionsAtTopUp = state.Decisions.Count }, now);
    }

    /// <summary>Ends the search at once with what it has; workers are told to stop at their next heartbeat.</summary>
    public static SearchState Cancel(this SearchState state, DateTimeOffset now)
    {
        if (state.HasEnded)
        {
            return state;
        }

        SearchState timed = ActiveClock.Advance(state, now);
        foreach (Job job in timed.Jobs.Where(job => job.IsPending))
        {
            timed = timed.WithJob(job with { State = JobState.Cancelled, Lease = null });
            timed = timed.WithRun(job.Id, run => run with { Failure = "Cancelled." });
        }

        return timed with { Phase = SearchPhase.Cancelled, Paused = false, EndReason = "Cancelled by the user.", ActiveThrough = null };
    }
}
