using System.Runtime.CompilerServices;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Trials;

/// <summary>
/// Trials by their bits. A strategy asks about every candidate, so looking through a list each time would be quadratic. The index belongs to
/// one list, which never changes, and goes with it.
/// </summary>
internal static class TrialIndex
{
    private static readonly ConditionalWeakTable<IReadOnlyList<Trial>, Dictionary<BitVector, Trial>> Indices = [];

    internal static Dictionary<BitVector, Trial> Of(IReadOnlyList<Trial> trials) => trials.Count == 0
        ? []
        : Indices.GetValue(trials, list => list.ToDictionary(trial => trial.Bits));
}
