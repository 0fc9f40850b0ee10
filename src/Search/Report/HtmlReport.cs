using System.Xml.Linq;
using Bitcurve.Search.Report.Sections;

namespace Bitcurve.Search.Report;

/// <summary>
/// The page <c>report.html</c>: one file that needs nothing else, neither a network nor a script. It is valid XML as well as HTML.
/// </summary>
public static class HtmlReport
{
    /// <summary>The page's only script, for whoever must say beforehand which scripts may run.</summary>
    public const string Script = Readout.Script;

    /// <summary>The same report gives the same bytes.</summary>
    public static string Of(SearchReport report) => Markup.Render(Markup.Element(
        "html",
        Markup.Attribute("lang", "en"),
        Head(report),
        Markup.Element(
            "body",
            Markup.Element(
                "main",
                HeadlineSection.Of(report),
                PictureSection.Of(report),
                ConfigurationsSection.Of(report),
                EstimateSection.Of(report),
                CalibrationSection.Of(report),
                CurvesSection.Of(report),
                DecisionsSection.Of(report),
                LayersSection.Of(report),
                SpendingSection.Of(report),
                CostSection.Of(report),
                ReadingSection.Of(report)),
            Markup.Element("script", Script))));

    private static XElement Head(SearchReport report) => Markup.Element(
        "head",
        Markup.Element("meta", Markup.Attribute("charset", "utf-8")),
        Markup.Element("meta", Markup.Attribute("name", "viewport"), Markup.Attribute("content", "width=device-width, initial-scale=1")),
        Markup.Element("meta", Markup.Attribute("name", "color-scheme"), Markup.Attribute("content", "light dark")),
        Markup.Element("title", $"{report.Workload}: {LevelWords.Sought(report)} found by bitcurve"),
        Markup.Element("style", StyleSheet.Text));
}
