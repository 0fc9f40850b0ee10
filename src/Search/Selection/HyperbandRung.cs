using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The networks of one bracket that were measured at one training length.</summary>
/// <param name="Rung">Position in the search's tasks.</param>
/// <param name="Finished">Best first.</param>
internal sealed record HyperbandRung(int Rung, IReadOnlyList<Trial> Finished)
{
    /// <summary>Every rung of every bracket. A network's bracket is the task that its first job was ordered to.</summary>
    internal static IReadOnlyList<HyperbandRung> Of(SearchState state)
    {
        var tasks = state.Definition.Tasks;
        var firstTask = state.Decisions.GroupBy(d => d.TrialId).ToDictionary(g => g.Key, g => g.First().Epochs);
        return
        [
            .. from bracket in state.Trials.GroupBy(t => firstTask[t.Id])
               from rung in Enumerable.Range(0, tasks.Count)
               where tasks[rung] >= bracket.Key
               select new HyperbandRung(rung, [.. bracket.Where(t => t.IsMeasuredAt(tasks[rung])).OrderByDescending(t => Worth(t, rung, state)).ThenBy(t => t.Id)]),
        ];
    }

    /// <summary>Effective accuracy of a network at a rung where it was measured, as a score.</summary>
    internal static double Worth(Trial trial, int rung, SearchState state) =>
        state.Scale.Score(trial.Measurements[rung].Accuracy) - BitCharge.Of(trial.Bits, state.Definition.Choosing);

    /// <summary>The best third, of any number: whoever of them stands here still may go on.</summary>
    internal IEnumerable<Trial> Best() => Finished.Take(Finished.Count / HyperbandSchedule.KeepOneOf);
}
