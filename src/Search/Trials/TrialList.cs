using System.Collections;
using System.Collections.Concurrent;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Trials;

/// <summary>
/// The trials of one state in the order of their ids, and where each network's is: a strategy asks about every candidate, so looking through
/// the list each time would be quadratic. States that follow one another share the index. Immutable to its users; thread-safe.
/// </summary>
internal sealed class TrialList : IReadOnlyList<Trial>
{
    private readonly Trial[] trials;

    // Grows with the states that come after this one: an entry counts only if the trial at its place is the one that is looked for.
    private readonly ConcurrentDictionary<BitVector, int> places;

    private readonly TrialSizes sizes;

    private TrialList(Trial[] trials, ConcurrentDictionary<BitVector, int> places, TrialSizes sizes) =>
        (this.trials, this.places, this.sizes) = (trials, places, sizes);

    public int Count => trials.Length;

    public Trial this[int index] => trials[index];

    internal static TrialList Of(IReadOnlyList<Trial> trials)
    {
        if (trials is TrialList list)
        {
            return list;
        }

        var places = new ConcurrentDictionary<BitVector, int>();
        for (int place = 0; place < trials.Count; place++)
        {
            places.TryAdd(trials[place].Bits, place);
        }

        return new TrialList([.. trials], places, new TrialSizes());
    }

    /// <summary>Null when this network was never tried.</summary>
    internal Trial? Of(BitVector bits)
    {
        if (!places.TryGetValue(bits, out int place))
        {
            return null;
        }

        // Two states that follow the same one may have put different trials at one place.
        return place < trials.Length && trials[place].Bits == bits ? trials[place] : Array.Find(trials, trial => trial.Bits == bits);
    }

    /// <summary>Of one of the trials.</summary>
    internal ModelSize SizeOf(SearchDefinition definition, BitVector bits) => sizes.Of(definition, bits);

    /// <summary>The same with another trial at a place.</summary>
    internal TrialList With(int place, Trial trial)
    {
        var copy = (Trial[])trials.Clone();
        copy[place] = trial;
        return new TrialList(copy, places, sizes);
    }

    /// <summary>The same and one more.</summary>
    internal TrialList And(Trial trial)
    {
        places.TryAdd(trial.Bits, trials.Length);
        return new TrialList([.. trials, trial], places, sizes);
    }

    public IEnumerator<Trial> GetEnumerator() => ((IEnumerable<Trial>)trials).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => trials.GetEnumerator();
}
