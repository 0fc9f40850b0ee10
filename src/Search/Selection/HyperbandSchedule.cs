namespace Bitcurve.Search.Selection;

/// <summary>
/// Brackets of Hyperband over m training lengths (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar 2018, J. Mach. Learn. Res. 18,
/// algorithm 1): a bracket that starts s rungs below the target opens with ceil(m / (s + 1) 3^s) networks, most cautious bracket first.
/// </summary>
/// <param name="rungs">m, at least 1.</param>
public sealed class HyperbandSchedule(int rungs)
{
    /// <summary>Eta: one network of so many goes on to the next rung.</summary>
    public const int KeepOneOf = 3;

    private readonly int[] sizes = [.. Enumerable.Range(0, rungs).Select(first => SizeOf(rungs, first))];

    /// <summary>Networks that each bracket opens with; its position is the rung that they start on.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>The rung, from 0, on which the network of this number (from 0) starts; after the last bracket the first comes again.</summary>
    public int FirstRungOf(int network)
    {
        var within = network % sizes.Sum();
        var rung = 0;
        while (within >= sizes[rung])
        {
            within -= sizes[rung++];
        }

        return rung;
    }

    private static int SizeOf(int rungs, int first)
    {
        var below = rungs - 1 - first;
        return (int)Math.Ceiling(rungs / (below + 1.0) * Math.Pow(KeepOneOf, below));
    }
}
