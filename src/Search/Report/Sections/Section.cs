using System.Xml.Linq;

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

    /// <summary>A chart with its legend, a line that repeats the focused mark's tooltip, and its caption.</summary>
    public static XElement Figure(XElement chart, XElement? legend, params object?[] caption) => Markup.Element(
        "figure",
        legend,
        Markup.Element("div", Markup.Class("scroll chart"), chart),
        Markup.Element("p", Markup.Class("readout"), Markup.Attribute("aria-hidden", "true"), "\u00A0"),
        Markup.Element("figcaption", caption));
}
