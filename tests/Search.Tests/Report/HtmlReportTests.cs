using System.Xml.Linq;
using Bitcurve.Search.Report;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Hostile = "</title><script>alert('x')</script>&\"\u0001\ud800";

    private static readonly string[] VoidElements = ["meta", "br", "hr", "col"];

    public static TheoryData<string> Cases =>
        ["finished", "new", "no verification", "no predictions", "failed trials only", "one task", "hostile", "calibrated and timed"];

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
        string html = HtmlReport.Of(Case(name));
        Assert.DoesNotContain("http:", html);
        Assert.DoesNotContain("https:", html);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("@import", html);
        Assert.Empty(Parse(name).Descendants().Attributes("src"));
        Assert.Empty(Parse(name).Descendants("link"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_AnySearch_HasNumbersOnlyInItsDrawings(string name)
    {
        string[] coordinates = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "points", "viewBox"];
        IEnumerable<XAttribute> positions =
            Parse(name).Descendants().Attributes().Where(value => coordinates.Contains(value.Name.LocalName));
        Assert.All(positions, value => Assert.Matches(@"^[-0-9., ]*$", value.Value));
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
        Assert.All(page.Descendants().Where(element => element.Name.LocalName is "style" or "script"),
            element => Assert.DoesNotContain(element.Value, letter => letter is '<' or '>' or '&'));
    }

    [Fact]
    public void Of_FinishedSearch_AnswersFirst()
    {
        XElement header = Parse("finished").Descendants("header").Single();
        Assert.Equal("8.8× smaller than FP32, −0.4 points of test accuracy", header.Element("h1")!.Value);
        Assert.Contains("94.4\u00A0% ±0.2", header.Value);
        Assert.Contains("2.4×", header.Value);
    }

    [Fact]
    public void Of_FinishedSearch_MarksEveryMeasuredTrialUniformAndTest()
    {
        XElement picture = SectionOf(Parse("finished"), "picture");
        string[] titles = [.. picture.Descendants("title").Select(title => title.Value)];
        Assert.Equal(9, titles.Count(title => title.StartsWith("Trial ", StringComparison.Ordinal)));
        Assert.Equal(8, titles.Count(title => title.StartsWith("Uniform ", StringComparison.Ordinal)));
        Assert.Equal(6, titles.Count(title => title.StartsWith("Test, ", StringComparison.Ordinal)));
        Assert.Single(titles, title => title.StartsWith("Chosen: 65544332", StringComparison.Ordinal));
        Assert.All(
            picture.Descendants("g").Where(group => group.Attribute("class")?.Value == "mark"),
            mark => Assert.Equal("0", mark.Attribute("tabindex")?.Value));
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
        Assert.Single(page.Descendants("script"));
        Assert.DoesNotContain("<script>alert", HtmlReport.Of(Case("hostile")));
        Assert.Contains("</title><script>alert('x')</script>&\"\uFFFD\uFFFD", page.Element("head")!.Element("title")!.Value);
    }

    [Fact]
    public void Of_ReportReadBackFromJson_GivesTheSameBytes() => Assert.Equal(
        HtmlReport.Of(ReportSearches.Report),
        HtmlReport.Of(ReportJson.Deserialize(ReportJson.Serialize(ReportSearches.Report))));

    private static XElement Parse(string name) => XDocument.Parse(HtmlReport.Of(Case(name)), LoadOptions.PreserveWhitespace).Root!;

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
