using System.Globalization;
using System.Xml.Linq;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Levels as coloured cells from the first layer to the last, as in the thesis's Table 1; with two curves bits, then harmonics.</summary>
internal static class BitStrip
{
    /// <summary>A dash for FP32.</summary>
    public static object Of(SearchReport report, BitVector levels)
    {
        int[] entries = levels.ToArray();
        int half = entries.Length / 2;
        return report.Subject switch
        {
            _ when levels.IsEmpty => Markup.Element("span", Markup.Class("muted"), "32-bit floating point"),
            CurveSubject.Harmonics => Strip("harmonics", entries),
            CurveSubject.Both => new object[] { Strip("bits", entries[..half]), " / ", Strip("harmonics", entries[half..]) },
            _ => Strip("bits", entries),
        };
    }

    /// <summary>The colours of all levels, for the legend.</summary>
    public static XElement Scale() =>
        Markup.Element("span", Markup.Class("strip"), Enumerable.Range(BitVector.MinimumBits, BitVector.MaximumBits).Select(Cell));

    private static XElement Strip(string subject, int[] levels) => Markup.Element(
        "span",
        Markup.Class("strip"),
        Markup.Attribute("role", "img"),
        Markup.Attribute("aria-label", $"{subject} {string.Join(' ', levels)}"),
        levels.Select(Cell));

    private static XElement Cell(int level) =>
        Markup.Element("b", Markup.Class("b" + Text(level)), Text(level));

    private static string Text(int level) => level.ToString(CultureInfo.InvariantCulture);
}
