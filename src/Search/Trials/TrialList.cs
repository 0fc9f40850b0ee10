using System.Collections;
using System.Collections.Concurrent;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

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

    private Sized? measured;

    /// <summary>Configurations, and what their sizes depend on.</summary>
    private sealed record Sized(WorkloadDescription Workload, CurveSpace Space, QuantizerSettings Quantizer, IReadOnlyList<Configuration> Configurations);

    private TrialList(Trial[] trials, ConcurrentDictionary<BitVector, int> places) => (this.trials, this.places) = (trials, places);

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

        return new TrialList([.. trials], places);
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

    /// <summary>
    /// Every measured configuration at its highest fidelity, those set aside excepted. Kept once made: whoever watches a search asks again with
    /// every heartbeat, and those change no trial.
    /// </summary>
    internal IReadOnlyList<Configuration> Measured(SearchDefinition definition)
    {
        if (Volatile.Read(ref measured) is Sized known
            && ReferenceEquals(known.Workload, definition.Workload)
            && ReferenceEquals(known.Space, definition.Space)
            && ReferenceEquals(known.Quantizer, definition.Quantizer))
        {
            return known.Configurations;
        }

        Configuration[] made =
        [
            .. trials
                .Where(trial => trial.SetAside is null && trial.Measurements.Count > 0)
                .Select(trial => new Configuration(
                    trial.Bits, trial.Measurements[^1].Accuracy, trial.MeasuredEpochs, definition.SizeOf(trial.Bits))),
        ];
        Volatile.Write(ref measured, new Sized(definition.Workload, definition.Space, definition.Quantizer, made));
        return made;
    }

    /// <summary>The same with another trial at a place.</summary>
    internal TrialList With(int place, Trial trial)
    {
        var copy = (Trial[])trials.Clone();
        copy[place] = trial;
        return new TrialList(copy, places);
    }

    /// <summary>The same and one more.</summary>
    internal TrialList And(Trial trial)
    {
        places.TryAdd(trial.Bits, trials.Length);
        return new TrialList([.. trials, trial], places);
    }

    public IEnumerator<Trial> GetEnumerator() => ((IEnumerable<Trial>)trials).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => trials.GetEnumerator();
}
