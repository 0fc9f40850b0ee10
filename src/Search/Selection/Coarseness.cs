using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// How much a level takes from its layer, in [0,1]: for b bits the quantisation step 2^-(b - 1), for h harmonics of a kernel of extent k the
/// part 1 - (h / k)^2 of a square kernel's coefficients that is dropped. 0 for a layer without a choice of harmonics.
/// </summary>
internal static class Coarseness
{
    /// <summary>One value per entry of a level vector.</summary>
    internal static double[] Of(CurveSpace space, IReadOnlyList<int> levels)
    {
        var values = new double[levels.Count];
        for (var entry = 0; entry < values.Length; entry++)
        {
            values[entry] = IsBits(space, entry) ? Math.Pow(2, 1 - levels[entry]) : Dropped(levels[entry], space.Range(entry).Highest);
        }

        return values;
    }

    /// <summary>A level as a fraction of the highest one of its entry.</summary>
    internal static double Relative(CurveSpace space, int entry, int level) => level / (double)space.Range(entry).Highest;

    private static bool IsBits(CurveSpace space, int entry) => space.HasBits && entry < space.Layers;

    private static double Dropped(int harmonics, int extent) => 1 - (harmonics / (double)extent * harmonics / extent);
}
