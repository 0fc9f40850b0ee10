namespace Bitcurve.Search.Trials;

/// <summary>Counts the seconds that a wall-time budget consumes, from the times that events carry.</summary>
internal static class ActiveClock
{
    /// <summary>
    /// Adds the time since the last event while the search runs. A process that was stopped in between has no
    /// <see cref="SearchState.ActiveThrough"/> (see <see cref="Leasing.ReleaseAll"/>), and a clock set back adds nothing.
    /// </summary>
    public static SearchState Advance(SearchState state, DateTimeOffset now)
    {
        if (state.Phase != SearchPhase.Searching || state.Paused)
        {
            return state.ActiveThrough is null ? state : state with { ActiveThrough = null };
        }

        double elapsed = state.ActiveThrough is DateTimeOffset last ? Math.Max(0, (now - last).TotalSeconds) : 0;
        return state with
        {
            ActiveThrough = now,
            Spent = state.Spent with { ActiveSeconds = state.Spent.ActiveSeconds + elapsed },
        };
    }
}
