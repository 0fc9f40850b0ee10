using System.Collections.Concurrent;

namespace Bitcurve.Search.Space;

/// <summary>
/// Candidates made once for all searches of one space that are open at a time: a server with many searches would otherwise keep the same tens
/// of thousands of networks in memory for each. Thread-safe.
/// </summary>
internal static class SharedCandidates
{
    private static readonly ConcurrentDictionary<CurveSpace, WeakReference<IReadOnlyList<Candidate>>> Known = new();

    /// <inheritdoc cref="Candidates.Of"/>
    internal static IReadOnlyList<Candidate> Of(CurveSpace space)
    {
        if (Known.TryGetValue(space, out WeakReference<IReadOnlyList<Candidate>>? held) && held.TryGetTarget(out IReadOnlyList<Candidate>? known))
        {
            return known;
        }

        IReadOnlyList<Candidate> made = Candidates.Of(space);
        Known[space] = new WeakReference<IReadOnlyList<Candidate>>(made);
        return made;
    }
}
