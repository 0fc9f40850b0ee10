using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>A table that scrolls by itself where the screen is narrower.</summary>
/// <param name="name">What the table shows, for screen readers.</param>
/// <param name="columns">Headings; one that ends with <c>#</c> is a column of numbers.</param>
internal sealed class Table(string name, params string[] columns)
{
    private readonly List<XElement> rows = [];

    /// <param name="names">Classes of the row, empty for none.</param>
    /// <param name="cells">One for each column.</param>
    /// <exception cref="ArgumentException">Another number of cells than columns.</exception>
    public Table Row(string names, params object?[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"Row of '{name}': expected {columns.Length} cells, actual {cells.Length}.", nameof(cells));
        }

        rows.Add(Markup.Element(
            "tr", names.Length == 0 ? null : Markup.Class(names), cells.Select((cell, index) => Cell("td", index, cell))));
        return this;
    }

    public XElement Build() => Markup.Element(
        "div",
        Markup.Class("scroll"),
        Markup.Attribute("tabindex", "0"),
        Markup.Attribute("role", "region"),
        Markup.Attribute("aria-label", name),
        Markup.Element(
            "table",
            Markup.Element("thead", Markup.Element("tr", columns.Select((column, index) => Cell("th", index, column.TrimEnd('#'))))),
            Markup.Element("tbody", rows)));

    /// <summary>The same for a long table, which scrolls under its headings.</summary>
    public XElement BuildTall()
    {
        XElement built = Build();
        built.SetAttributeValue("class", "scroll tall");
        return built;
    }

    private XElement Cell(string element, int index, object? content) =>
        Markup.Element(element, columns[index].EndsWith('#') ? Markup.Class("number") : null, content);
}
