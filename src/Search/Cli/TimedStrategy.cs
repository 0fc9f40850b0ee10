using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli;

/// <summary>Measures how long a strategy thinks; changes nothing of what it picks.</summary>
internal sealed class TimedStrategy(ISelectionStrategy inner, TimeProvider time) : ISelectionStrategy
{
    internal TimeSpan Elapsed { get; private set; }

    public SelectedJob? Next(SearchState state)
    {
        var started = time.GetTimestamp();
        try
        {
            return inner.Next(state);
        }
        finally
        {
            Elapsed += time.GetElapsedTime(started);
        }
    }
}
