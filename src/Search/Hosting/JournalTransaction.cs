using Bitcurve.Search.Telemetry;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting;

/// <summary>Events that are journalled together, and what each asker is told once they are.</summary>
internal sealed class JournalTransaction
{
    private readonly DateTimeOffset now;
    private readonly List<string> events = [];
    private readonly List<JournalStep> steps = [];

    /// <summary>Leases that are over end first, whoever asks.</summary>
    internal JournalTransaction(SearchState state, DateTimeOffset now)
    {
        this.now = now;
        State = state;
        if (state.NextExpiry() <= now)
        {
            Apply(new SearchEvent.Expired(now));
        }
    }

    /// <summary>The state with all events so far.</summary>
    internal SearchState State { get; private set; }

    /// <summary>JSON of the events that changed something.</summary>
    internal IReadOnlyList<string> Events => events;

    /// <summary>The same events with the states between them: for those who count.</summary>
    internal IReadOnlyList<JournalStep> Steps => steps;

    /// <summary>Length of <see cref="Events"/>, characters.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Applies one event. A refusal concerns its asker alone; the others go on.</summary>
    /// <returns>Tells the asker; to be called once the events are journalled.</returns>
    internal Action Take(Func<SearchState, DateTimeOffset, SearchEvent?> make, TaskCompletionSource<EventAnswer?> asker)
    {
        try
        {
            EventAnswer? answer = make(State, now) is SearchEvent happened ? Apply(happened) : null;
            return () => asker.TrySetResult(answer);
        }
        catch (Exception refusal)
        {
            return () => asker.TrySetException(refusal);
        }
    }

    private EventAnswer Apply(SearchEvent happened)
    {
        (SearchState next, EventAnswer answer) = State.Apply(happened);
        if (!ReferenceEquals(next, State))
        {
            string json = SearchJson.Serialize(happened);
            events.Add(json);
            steps.Add(new JournalStep(State, happened, next, answer));
            Bytes += json.Length;
            State = next;
        }

        return answer;
    }
}
