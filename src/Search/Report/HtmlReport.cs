using System.Xml.Linq;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Report.Sections;

namespace Bitcurve.Search.Report;

/// <summary>
/// The page <c>report.html</c>: one file that needs nothing else. Its pictures are drawn by the charts of the dashboard, which it carries with
/// their data; without them, or without scripts, its text and tables are complete. It is valid XML as well as HTML.
/// </summary>
public static class HtmlReport
{
    /// <summary>With the charts that this program carries; the same arguments give the same bytes.</summary>
    public static string Of(SearchReport report, ModelPicture? model = null) => Of(report, model, ChartBundle.Embedded);

    /// <param name="report">What the page says.</param>
    /// <param name="model">What the charts show of the model, null for nothing.</param>
    /// <param name="charts">What draws them.</param>
    public static string Of(SearchReport report, ModelPicture? model, ChartBundle charts) => Markup.Render(Markup.Element(
        "html",
        Markup.Attribute("lang", "en"),
        Head(report),
        Markup.Element(
            "body",
            Markup.Element(
                "main",
                HeadlineSection.Of(report),
                PictureSection.Of(report, charts),
                ConfigurationsSection.Of(report),
                EstimateSection.Of(report, charts),
                CalibrationSection.Of(report),
                BeliefSection.Of(report, model, charts),
                CurvesSection.Of(report, charts),
                DecisionsSection.Of(report, charts),
                LayersSection.Of(report),
                SpendingSection.Of(report),
                CostSection.Of(report),
                ReadingSection.Of(report)),
            PageScript.Elements(report, model, charts))));

    private static XElement Head(SearchReport report) => Markup.Element(
        "head",
        Markup.Element("meta", Markup.Attribute("charset", "utf-8")),
        Markup.Element("meta", Markup.Attribute("name", "viewport"), Markup.Attribute("content", "width=device-width, initial-scale=1")),
        Markup.Element("meta", Markup.Attribute("name", "color-scheme"), Markup.Attribute("content", "light dark")),
        Markup.Element("title", $"{report.Workload}: {LevelWords.Sought(report)} found by bitcurve"),
        Markup.Element("style", StyleSheet.Text));
}
