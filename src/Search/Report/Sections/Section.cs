using System.Xml.Linq;
using Bitcurve.Search.Dashboard;

namespace Bitcurve.Search.Report.Sections;

/// <summary>The building blocks that all parts of the page share.</summary>
internal static class Section
{
    public static XElement Of(string id, string title, params object?[] content) => Markup.Element(
        "section",
        Markup.Attribute("id", id),
        Markup.Element("h2", title),
        content);

    public static XElement Paragraph(params object?[] content) => Markup.Element("p", content);

    /// <summary>Says that something is missing, and why.</summary>
    public static XElement Note(string text) => Markup.Element("p", Markup.Class("note"), text);

    /// <summary>A chart of the page's script with its caption; nothing where the program has no charts.</summary>
    /// <param name="charts">What draws it.</param>
    /// <param name="name">Of the chart, as the script knows it.</param>
    /// <param name="caption">What the reader should know about it.</param>
    public static XElement? Figure(ChartBundle charts, string name, params object?[] caption) => charts.Script is null ? null : Markup.Element(
        "figure",
        Markup.Element("div", Markup.Class("chart"), Markup.Attribute("data-chart", name), Note("The picture appears when scripts may run.")),
        Markup.Element("figcaption", caption));
}
