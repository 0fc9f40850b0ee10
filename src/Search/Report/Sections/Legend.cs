using System.Xml.Linq;
using Bitcurve.Search.Report.Charts;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Small samples of the marks with their meaning; text of the page, so that it stays readable on a phone.</summary>
internal static class Legend
{
    public static XElement Of(params XElement?[] entries) => Markup.Element("ul", Markup.Class("legend"), entries);

    public static XElement Entry(string meaning, params XElement[] shapes) => Markup.Element(
        "li",
        Markup.Element(
            "svg",
            Markup.Attribute("viewBox", "0 0 26 14"),
            Markup.Attribute("aria-hidden", "true"),
            shapes),
        meaning);

    /// <summary>One entry for each fidelity of a search.</summary>
    public static XElement Tasks(SearchReport report) => Of(
        [.. report.Tasks.Select((epochs, task) => Entry(
            Figures.Plural(epochs, "epoch") + (task == report.Tasks.Count - 1 ? " (target)" : ""),
            Svg.Rectangle(TaskColours.Fill(report, task) + " bar", 6, 1, 14, 12)))]);
}
