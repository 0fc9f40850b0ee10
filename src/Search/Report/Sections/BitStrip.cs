using System.Globalization;
using System.Xml.Linq;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Bits as coloured cells from the first layer to the last, as in the thesis's Table 1.</summary>
internal static class BitStrip
{
    /// <summary>A dash for FP32.</summary>
    public static object Of(BitVector bits) => bits.IsEmpty
        ? Markup.Element("span", Markup.Class("muted"), "32-bit floating point")
        : Markup.Element(
            "span",
            Markup.Class("strip"),
            Markup.Attribute("role", "img"),
            Markup.Attribute("aria-label", $"bits {string.Join(' ', bits.ToArray())}"),
            bits.ToArray().Select(Cell));

    /// <summary>The colours of all widths, for the legend.</summary>
    public static XElement Scale() =>
        Markup.Element("span", Markup.Class("strip"), Enumerable.Range(BitVector.MinimumBits, BitVector.MaximumBits).Select(Cell));

    private static XElement Cell(int bits) =>
        Markup.Element("b", Markup.Class("b" + Text(bits)), Text(bits));

    private static string Text(int bits) => bits.ToString(CultureInfo.InvariantCulture);
}
