using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>A colour for each label.</summary>
public static class Palette
{
    private static readonly Colour[] Colours =
    [
        new(0.36, 0.58, 0.86), new(0.95, 0.61, 0.27), new(0.44, 0.73, 0.42), new(0.87, 0.40, 0.40), new(0.64, 0.51, 0.80),
        new(0.70, 0.52, 0.43), new(0.91, 0.59, 0.76), new(0.60, 0.62, 0.65), new(0.80, 0.78, 0.32), new(0.35, 0.76, 0.81),
    ];

    /// <summary>Ten hues that are easily told apart, then darker ones in the same order, and so on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is negative.</exception>
    public static Colour Of(int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        return Colours[label % Colours.Length].Mix(new Colour(0, 0, 0), label / Colours.Length % 4 * 0.2);
    }

    /// <summary>A colour for each of many labels.</summary>
    public static Colour[] Of(ReadOnlySpan<int> labels)
    {
        var colours = new Colour[labels.Length];
        for (int k = 0; k < colours.Length; k++)
        {
            colours[k] = Of(labels[k]);
        }

        return colours;
    }
}
