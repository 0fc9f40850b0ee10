using System.Text.Json;
using System.Xml.Linq;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Report;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Hostile = "</title><script>alert('x')</script>&\"\u0001\ud800";

    private static readonly string[] VoidElements = ["meta", "br", "hr", "col"];

    /// <summary>A stand-in for the charts, with all that XML would escape.</summary>
    private static readonly ChartBundle Charts = new("export const less = a => a < 1 && \"&amp;\";", null);

    private static readonly ChartBundle NoCharts = ChartBundle.Without("the program was built without npm (npm is not installed)");

    public static TheoryData<string> Cases =>
        ["finished", "new", "no verification", "no predictions", "failed trials only", "one task", "hostile", "calibrated and timed", "minimised"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnySearch_IsWellFormedWithUniqueIds(string name)
    {
        XElement page = Parse(name);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            page.Descendants().Attributes("href").Select(href => href.Value),
            href => Assert.True(href.StartsWith('#') && ids.Contains(href[1..]), href));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnySearch_NeedsNothingFromOutside(string name)
    {
        string html = Html(name);
        Assert.DoesNotContain("http:", html);
        Assert.DoesNotContain("https:", html);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("@import", html);
        Assert.Empty(Parse(name).Descendants().Attributes("src"));
        Assert.Empty(Parse(name).Descendants("link"));
    }

    /// <summary>The page draws what the HTTP interface answers.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnySearch_CarriesItsPictureAsData(string name)
    {
        XElement figures = Parse(name).Descendants("script").Single(script => script.Attribute("id")?.Value == PageScript.FiguresId);
        Assert.Equal("application/json", figures.Attribute("type")?.Value);
        using JsonDocument data = JsonDocument.Parse(figures.Value);
        using JsonDocument picture = JsonDocument.Parse(SearchPicture.Of(Case(name)).ToJson());
        Assert.True(JsonElement.DeepEquals(picture.RootElement, data.RootElement.GetProperty("picture")));
        Assert.False(data.RootElement.TryGetProperty("model", out JsonElement model) && model.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public void Of_SearchWithAModel_CarriesItAsDataAndShowsIt()
    {
        ModelPicture model = ModelledReport.Estimate(ReportSearches.Finished).Picture;
        XElement page = XDocument.Parse(HtmlReport.Of(ReportSearches.Report, model, Charts)).Root!;
        string figures = page.Descendants("script").Single(script => script.Attribute("id")?.Value == PageScript.FiguresId).Value;
        using JsonDocument data = JsonDocument.Parse(figures);
        using JsonDocument expected = JsonDocument.Parse(model.ToJson());
        Assert.True(JsonElement.DeepEquals(expected.RootElement, data.RootElement.GetProperty("model")));
        Assert.Equal(["slices", "correlation"], ChartsOf(SectionOf(page, "model")));
    }

    [Fact]
    public void Of_FinishedSearch_HasItsPicturesInTheirSections()
    {
        XElement page = Parse("finished");
        Assert.Equal(["front"], ChartsOf(SectionOf(page, "picture")));
        Assert.Equal(["estimates"], ChartsOf(SectionOf(page, "estimates")));
        Assert.Equal(["curves"], ChartsOf(SectionOf(page, "curves")));
        Assert.Equal(["decisions"], ChartsOf(SectionOf(page, "decisions")));
        Assert.All(page.Descendants("figure"), figure => Assert.NotEmpty(figure.Element("figcaption")!.Value));
    }

    /// <summary>Between its tags the script stands as a browser hashes it, and as it was bundled.</summary>
    [Fact]
    public void Of_AnySearch_CarriesTheChartsAsTheirHashSays()
    {
        string html = Html("finished");
        string text = PageScript.TextOf(Charts)!;
        Assert.Contains($"<script type=\"module\">{text}</script>", html);
        Assert.Contains(Charts.Script!, text);
        Assert.Contains(Charts.Script!, Parse("finished").Descendants("script").Last().Value);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_BuiltWithoutCharts_HasNoScriptAndSaysWhy(string name)
    {
        XElement page = XDocument.Parse(HtmlReport.Of(Case(name), null, NoCharts)).Root!;
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("figure"));
        Assert.Equal(
            !SectionOf(page, "picture").Value.Contains("No quantised network has been measured yet."),
            page.Value.Contains("Pictures are left out: the program was built without npm (npm is not installed)."));
        Assert.Null(PageScript.TextOf(NoCharts));
    }

    /// <summary>What was bundled with this build can stand in the page: nothing in it ends the script or the section around it.</summary>
    [Fact]
    public void Of_TheChartsOfThisBuild_IsWellFormed()
    {
        Assert.SkipWhen(ChartBundle.Embedded.Script is null, $"No charts: {ChartBundle.Embedded.Missing}.");
        string script = ChartBundle.Embedded.Script!;
        Assert.All(["]]>", "</script", "<!--", "\r"], end => Assert.DoesNotContain(end, script));
        string value = XDocument.Parse(HtmlReport.Of(ReportSearches.Report)).Descendants("script").Last().Value;
        Assert.Equal($"//\n{script}\n//", value);
    }

    /// <summary>HTML reads the short form of an ordinary element as a start tag, and text in style and script as it stands.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnySearch_MeansTheSameToAnHtmlParser(string name)
    {
        XElement page = Parse(name);
        Assert.All(
            page.DescendantsAndSelf().Where(element => element.IsEmpty && !element.Ancestors("svg").Any()),
            element => Assert.Contains(element.Name.LocalName, VoidElements));
        Assert.All(
            page.Descendants().Where(element => element.Name == "style" || element.Attribute("id")?.Value == PageScript.FiguresId),
            element => Assert.DoesNotContain(element.Value, letter => letter is '<' or '>' or '&'));
        XText wrapped = page.Descendants("script").Last().Nodes().OfType<XText>().Last();
        Assert.IsType<XCData>(wrapped);
    }

    [Fact]
    public void Of_FinishedSearch_AnswersFirst()
    {
        XElement header = Parse("finished").Descendants("header").Single();
        Assert.Equal("8.8× smaller than FP32, −0.4 points of test accuracy", header.Element("h1")!.Value);
        Assert.Contains("94.4\u00A0% ±0.2", header.Value);
        Assert.Contains("2.4×", header.Value);
    }

    /// <summary>0.02 (2 - a): 0.944 is 0.02112 and FP32's 0.9475 is 0.02105.</summary>
    [Fact]
    public void Of_MinimisedMetric_TellsItInItsOwnUnitAndThatLowerIsBetter()
    {
        XElement page = Parse("minimised");
        Assert.Equal(
            "8.8× smaller than FP32, test Chamfer distance +0.000070 (lower is better)", page.Descendants("header").Single().Element("h1")!.Value);
        Assert.Contains("0.02112 ±0.000040", page.Descendants("header").Single().Value);
        Assert.StartsWith("Lowest effective Chamfer distance (Chamfer distance plus 0.1 % of FP32's for each bit beyond 4 per layer)", ReportSearches.MinimisedReport.Chosen!.Reason);
        Assert.Equal("Chamfer distance against memory", SectionOf(page, "picture").Element("h2")!.Value);
        Assert.Contains("Lower is better", SectionOf(page, "picture").Value);
        Assert.Contains("Figures are the Chamfer distance: lower is better.", SectionOf(page, "configurations").Value);
        Assert.Equal(
            ["9", "65544332", "52.5\u00A0kB", "0.02146", "0.02118", "0.02114", "0.02112", "0.02136\u00A0±0.000080"],
            SectionOf(page, "curves").Descendants("tbody").First().Elements("tr").Single(row => row.Attribute("class")?.Value == "chosen-row")
                .Elements("td").Select(cell => cell.Value));
        foreach (string id in new[] { "picture", "configurations", "estimates", "curves", "decisions" })
        {
            Assert.DoesNotMatch("[Aa]ccurac|points|[0-9]\u00A0?%(?! of FP32)|, %", SectionOf(page, id).Value);
        }
    }

    [Fact]
    public void Of_MinimisedMetric_ChoosesAndFrontsWhatTheAccuracyWould()
    {
        Assert.Equal(ReportSearches.Report.Chosen!.Bits, ReportSearches.MinimisedReport.Chosen!.Bits);
        Assert.Equal(ReportSearches.Report.Pareto.Select(member => member.Bits), ReportSearches.MinimisedReport.Pareto.Select(member => member.Bits));
        Assert.Equal(ReportSearches.Report.PredictedFront.Select(member => member.Bits), ReportSearches.MinimisedReport.PredictedFront.Select(member => member.Bits));
        Assert.Equal(
            (ReportSearches.Report.FrontHolds.Pairs, ReportSearches.Report.FrontHolds.Reversed, ReportSearches.Report.FrontHolds.Contradicted),
            (ReportSearches.MinimisedReport.FrontHolds.Pairs, ReportSearches.MinimisedReport.FrontHolds.Reversed, ReportSearches.MinimisedReport.FrontHolds.Contradicted));
    }

    [Fact]
    public void Of_FinishedSearch_ListsEveryMeasurement()
    {
        XElement table = SectionOf(Parse("finished"), "curves").Descendants("tbody").First();
        Assert.Equal(11, table.Elements("tr").Count());
        Assert.Equal(
            ["9", "65544332", "52.5\u00A0kB", "92.7", "94.1", "94.3", "94.4", "93.2\u00A0±0.4"],
            table.Elements("tr").Single(row => row.Attribute("class")?.Value == "chosen-row").Elements("td").Select(cell => cell.Value));
    }

    [Fact]
    public void Of_FinishedSearch_ShowsBitsAsStrips()
    {
        XElement table = SectionOf(Parse("finished"), "configurations").Descendants("tbody").Single();
        string[] strips =
            [.. table.Descendants("span").Where(span => span.Attribute("class")?.Value == "strip").Select(span => span.Value)];
        Assert.Contains("65544332", strips);
        Assert.Contains("23344556", strips);
        Assert.Equal(strips.Distinct(), strips);
        Assert.All(
            table.Descendants("b").Where(cell => cell.Parent!.Name == "span"),
            cell => Assert.Equal("b" + cell.Value, cell.Attribute("class")!.Value));
    }

    [Fact]
    public void Of_FinishedSearch_ExplainsEveryDecision()
    {
        XElement decisions = SectionOf(Parse("finished"), "decisions");
        Assert.Equal(12, decisions.Descendants("details").Count());
        Assert.Equal(24, decisions.Descendants("li").Count(item => item.Value.Contains("score")));
        Assert.Contains("First of the starting design.", decisions.Value);
    }

    [Fact]
    public void Of_MissingParts_SaysSo()
    {
        Assert.Contains("No network has been measured yet", Parse("new").Value);
        Assert.Contains("No decision has been taken yet", Parse("new").Value);
        Assert.Contains("not verified on the test split", Parse("no verification").Value);
        Assert.Contains("Nothing was verified on the test split", Parse("no verification").Value);
        Assert.Contains("The search had no model", Parse("no predictions").Value);
        Assert.Contains("Set aside. Diverged", Parse("failed trials only").Value);
    }

    [Fact]
    public void Of_HostileNames_AreTextAndNothingElse()
    {
        XElement page = Parse("hostile");
        Assert.Equal(2, page.Descendants("script").Count());
        Assert.DoesNotContain("<script>alert", Html("hostile"));
        Assert.Contains("</title><script>alert('x')</script>&\"\uFFFD\uFFFD", page.Element("head")!.Element("title")!.Value);
    }

    [Fact]
    public void Of_ReportReadBackFromJson_GivesTheSameBytes() => Assert.Equal(
        HtmlReport.Of(ReportSearches.Report),
        HtmlReport.Of(ReportJson.Deserialize(ReportJson.Serialize(ReportSearches.Report))));

    private static string Html(string name) => HtmlReport.Of(Case(name), null, Charts);

    private static XElement Parse(string name) => XDocument.Parse(Html(name), LoadOptions.PreserveWhitespace).Root!;

    private static string[] ChartsOf(XElement section) => [.. section.Descendants().Attributes("data-chart").Select(chart => chart.Value)];

    private static XElement SectionOf(XElement page, string id) =>
        page.Descendants("section").Single(section => section.Attribute("id")?.Value == id);

    private static SearchReport Case(string name)
    {
        SearchState finished = ReportSearches.Finished;
        return name switch
        {
            "finished" => ReportSearches.Report,
            "new" => ReportSearches.Empty,
            "no verification" => Build(finished with { Verification = [] }),
            "no predictions" => SearchReportBuilder.Build(finished, [], ReportSearches.Facts),
            "failed trials only" => SearchReportBuilder.Build(
                finished with { Trials = [finished.Trials[3]], Decisions = [], Verification = [] }, [], ReportSearches.Facts),
            "one task" => Build(finished with
            {
                Definition = ReportSearches.Definition with { Tasks = [0] },
                Trials = [.. finished.Trials.Select(trial => trial with { Measurements = [.. trial.Measurements.Take(1)] })],
            }),
            "hostile" => Build(MakeHostile(finished)),
            "minimised" => ReportSearches.MinimisedReport,
            "calibrated and timed" => SearchReportBuilder.Build(
                LearnedCostsTests.Timed, ReportSearches.Predictions, ReportSearches.Facts, [CalibrationTests.Task(15, 20, 18, 1)]),
            _ => throw new ArgumentException($"Case: expected one of {nameof(Cases)}, actual {name}.", nameof(name)),
        };
    }

    private static SearchReport Build(SearchState state) =>
        SearchReportBuilder.Build(state, ReportSearches.Predictions, ReportSearches.Facts);

    private static SearchState MakeHostile(SearchState state) => state with
    {
        EndReason = Hostile,
        Definition = state.Definition with
        {
            Id = Hostile,
            Workload = state.Definition.Workload with
            {
                Name = Hostile,
                Metric = Hostile,
                Layers = [.. state.Definition.Workload.Layers.Select(layer => layer with { Name = Hostile })],
            },
        },
        Trials = [.. state.Trials.Select(trial => trial with { Failures = [new JobFailure(FailureKind.Crashed, Hostile)] })],
        Decisions = [.. state.Decisions.Select(decision => decision with { Reason = Hostile })],
    };
}
