using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting;

/// <summary>A decision that the strategy makes otherwise today than it is journalled.</summary>
/// <param name="Version">The event's place in the journal.</param>
/// <param name="Expected">The journalled selection, JSON.</param>
/// <param name="Actual">What the strategy selects from the same state, JSON.</param>
public sealed record DecisionDifference(long Version, string Expected, string Actual);

/// <summary>What a replay found.</summary>
/// <param name="State">The state after the last event.</param>
/// <param name="Decisions">Times that the strategy was asked.</param>
/// <param name="Differences">Those that came out otherwise.</param>
public sealed record ReplayResult(SearchState State, int Decisions, IReadOnlyList<DecisionDifference> Differences);

/// <summary>
/// Goes through a journal from its first event and asks the strategy every question again, in the state in which it was asked first: a
/// search can be explained only if its decisions follow from what was known.
/// </summary>
public static class JournalReplay
{
    /// <exception cref="InvalidOperationException">The journal is empty or contradicts itself.</exception>
    public static ReplayResult Run(IEnumerable<JournalEntry> journal, Func<SearchDefinition, ISelectionStrategy> strategy)
    {
        SearchState? state = null;
        ISelectionStrategy? asked = null;
        int decisions = 0;
        var states = new Dictionary<long, SearchState>();
        var differences = new List<DecisionDifference>();
        foreach (JournalEntry entry in journal)
        {
            if (entry.Event is SearchEvent.Selected selected)
            {
                decisions++;
                SearchState basis = states[selected.BasedOn];
                asked ??= strategy(basis.Definition);
                SelectedJob? again = Ordering.MaySelect(basis) ? asked.Next(basis.AskedFor(selected.DeviceKind)) : null;
                (string expected, string actual) = (SearchJson.ToElement(selected.Selection).GetRawText(), SearchJson.ToElement(again).GetRawText());
                differences.AddRange(expected == actual ? [] : [new DecisionDifference(entry.Version, expected, actual)]);
            }

            (state, _) = state.Apply(entry.Event);
            states[entry.Version] = state;
        }

        return new ReplayResult(state ?? throw new InvalidOperationException("Journal: expected events, actual none."), decisions, differences);
    }
}
