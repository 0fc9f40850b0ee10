using System.Globalization;

namespace Bitcurve.Search.Report;

/// <summary>
/// Colours of bit-widths: ColorBrewer's sequential YlGnBu with 8 classes, safe for the common colour vision deficiencies. Light means few
/// bits, on a light page as on a dark one; every cell carries its digit too, so that colour is never the only sign.
/// </summary>
public static class Palette
{
    private const string DarkText = "#111111";
    private const string LightText = "#ffffff";

    private static readonly string[] Fills =
        ["#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"];

    /// <exception cref="ArgumentOutOfRangeException">No bit-width of 1..8.</exception>
    public static string Fill(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, Fills.Length);
        return Fills[bits - 1];
    }

    /// <summary>Black or white, whichever can be read better on <see cref="Fill"/>.</summary>
    public static string Text(int bits) =>
        Contrast(Fill(bits), DarkText) >= Contrast(Fill(bits), LightText) ? DarkText : LightText;

    /// <summary>WCAG 2 contrast ratio, 1..21; 4.5 is the least for text.</summary>
    /// <param name="first">#rrggbb.</param>
    /// <param name="second">#rrggbb.</param>
    public static double Contrast(string first, string second)
    {
        double a = Luminance(first);
        double b = Luminance(second);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) =>
        (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int start)
    {
        double value = int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
