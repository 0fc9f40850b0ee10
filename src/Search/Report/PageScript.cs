using System.Text.Json;
using System.Xml.Linq;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>The page's data and the one script that draws it.</summary>
public static class PageScript
{
    /// <summary>Id of the element that holds the data.</summary>
    public const string FiguresId = "figures";

    /// <summary>
    /// What a browser takes for the script's text, for whoever must say beforehand which scripts may run; null without charts. A CDATA section
    /// behind comments: HTML reads a script as it stands, XML needs its brackets and ampersands wrapped.
    /// </summary>
    public static string? TextOf(ChartBundle charts) => charts.Script is string script ? $"//<![CDATA[\n{script}\n//]]>" : null;

    /// <summary>Nothing without charts.</summary>
    internal static IEnumerable<XElement> Elements(SearchReport report, ModelPicture? model, ChartBundle charts) => charts.Script is not string script
        ? []
        : [
            Markup.Element(
                "script",
                Markup.Attribute("type", "application/json"),
                Markup.Attribute("id", FiguresId),
                FiguresOf(report, model)),
            Markup.Element("script", Markup.Attribute("type", "module"), "//", new XCData($"\n{script}\n//")),
        ];

    /// <summary>{ picture, model }, as the HTTP interface answers them. The serializer escapes all that could end the element.</summary>
    private static string FiguresOf(SearchReport report, ModelPicture? model) =>
        JsonSerializer.Serialize(new PageFigures(SearchPicture.Of(report), model), SearchJson.Options);

    private sealed record PageFigures(SearchPicture Picture, ModelPicture? Model);
}
