using System.Globalization;
using System.Xml.Linq;

namespace Bitcurve.Search.Report.Charts;

/// <summary>
/// The few shapes that the charts are made of. Colours come from the style sheet by class, so that light and dark both work.
/// </summary>
internal static class Svg
{
    /// <summary>A drawing that scales with the page.</summary>
    /// <param name="width">Width of the coordinate system.</param>
    /// <param name="height">Height of the coordinate system.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="content">Shapes, painted in this order.</param>
    public static XElement Drawing(double width, double height, string label, params object?[] content) => Markup.Element(
        "svg",
        Markup.Attribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        Markup.Attribute("role", "group"),
        Markup.Attribute("aria-label", label),
        content);

    public static XElement Group(string names, params object?[] content) => Markup.Element("g", Markup.Class(names), content);

    public static XElement Line(string names, double x1, double y1, double x2, double y2) => Markup.Element(
        "line",
        Markup.Class(names),
        At("x1", x1),
        At("y1", y1),
        At("x2", x2),
        At("y2", y2));

    public static XElement Circle(string names, double x, double y, double radius) =>
        Markup.Element("circle", Markup.Class(names), At("cx", x), At("cy", y), At("r", radius));

    public static XElement Rectangle(string names, double x, double y, double width, double height) => Markup.Element(
        "rect", Markup.Class(names), At("x", x), At("y", y), At("width", Math.Max(0, width)), At("height", Math.Max(0, height)));

    public static XElement Text(string names, double x, double y, string text) =>
        Markup.Element("text", Markup.Class(names), At("x", x), At("y", y), text);

    public static XElement Polyline(string names, IEnumerable<(double X, double Y)> points) =>
        Markup.Element("polyline", Markup.Class(names), Points(points));

    public static XElement Polygon(string names, IEnumerable<(double X, double Y)> points) =>
        Markup.Element("polygon", Markup.Class(names), Points(points));

    /// <summary>A square standing on its corner.</summary>
    public static XElement Diamond(string names, double x, double y, double radius) =>
        Polygon(names, [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]);

    public static XElement Star(string names, double x, double y, double radius) => Polygon(
        names,
        Enumerable.Range(0, 10).Select(corner => (Angle: corner * Math.PI / 5, Reach: corner % 2 == 0 ? radius : radius * 0.45))
            .Select(corner => (x + (corner.Reach * Math.Sin(corner.Angle)), y - (corner.Reach * Math.Cos(corner.Angle)))));

    /// <summary>A mark that can be reached by keyboard and explains itself.</summary>
    public static XElement Mark(string title, params object?[] shapes) => Markup.Element(
        "g",
        Markup.Class("mark"),
        Markup.Attribute("tabindex", "0"),
        Markup.Attribute("role", "img"),
        Markup.Attribute("aria-label", title),
        Markup.Element("title", title),
        shapes);

    /// <summary>A mark that explains itself to the pointer only: for the many, which would drown the keyboard.</summary>
    public static XElement Hint(string title, params object?[] shapes) =>
        Markup.Element("g", Markup.Element("title", title), shapes);

    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static XAttribute At(string name, double value) => new(name, Number(value));

    private static XAttribute Points(IEnumerable<(double X, double Y)> points) =>
        new("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}")));
}
