using System.Globalization;
using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>The answer first: what was chosen, how much smaller it is, and what it costs in accuracy.</summary>
internal static class HeadlineSection
{
    // No difference that a figure with one decimal of a per cent could show.
    private const double SameWithin = 0.0005;

    public static XElement Of(SearchReport report) => Markup.Element(
        "header",
        Markup.Element("p", Markup.Class("kicker"), $"bitcurve · {LevelWords.Sought(report)} for ", Markup.Element("b", report.Workload)),
        report.Chosen is ReportedChoice chosen ? Answer(report, chosen) : NoAnswer(report),
        Markup.Element(
            "p",
            Markup.Class("muted"),
            $"Search {report.SearchId}, seed {report.Seed}, space {report.Space}, budget {report.Budget}: "
            + $"{Figures.Plural(report.Trials.Count, "network")}, "
            + $"{Figures.Plural(report.Trials.Sum(trial => trial.Measurements.Count), "measurement")}. "
            + (report.EndReason ?? "The search is not finished: this is what it has so far.")));

    private static object Answer(SearchReport report, ReportedChoice chosen)
    {
        ReportedVerification? test = report.VerificationOf(chosen.Bits);
        long full = report.Baseline.MemoryBytes;
        ReportedUniform widest = report.Uniform[^1];
        return new object[]
        {
            Markup.Element("h1", Title(report, chosen, test)),
            Markup.Element(
                "p",
                Markup.Class("answer"),
                BitStrip.Of(report, chosen.Bits),
                Markup.Element("span", Markup.Class("muted"), "first layer to last")),
            Markup.Element(
                "div",
                Markup.Class("cards"),
                Card(Figures.Bytes(chosen.MemoryBytes), LevelWords.Stored(report)),
                Card(Times(full, chosen.MemoryBytes), $"smaller than FP32 ({Figures.Bytes(full)})"),
                Card(
                    Times(widest.MemoryBytes, chosen.MemoryBytes),
                    $"smaller than {LevelWords.Uniform(report, widest)} everywhere ({Figures.Bytes(widest.MemoryBytes)})"),
                AccuracyCard(report, chosen, test)),
            Section.Paragraph(chosen.Reason, " ", Comparison(report, chosen, test)),
        };
    }

    private static string Title(SearchReport report, ReportedChoice chosen, ReportedVerification? test)
    {
        string size = $"{Times(report.Baseline.MemoryBytes, chosen.MemoryBytes)} smaller than FP32";
        double? difference = test?.Mean - report.Baseline.TestAccuracy;
        double same = SameWithin * (report.Words.IsFraction ? 1 : Math.Abs(report.Baseline.TestAccuracy ?? 0));
        return difference switch
        {
            double loss when Math.Abs(loss) < same => $"{size}, at the same test {report.Metric}",
            double loss when report.Words.IsFraction => $"{size}, {Figures.Points(loss)} points of test {report.Metric}",
            double loss => $"{size}, test {report.Metric} {Figures.Difference(report.Words, loss)}{Direction(report)}",
            null => $"{size}, {Figures.Value(report.Words, chosen.Accuracy)} validation {report.Metric}{Direction(report)}",
        };
    }

    private static string Direction(SearchReport report) => report.Words.IsMinimized ? " (lower is better)" : "";

    private static XElement AccuracyCard(
        SearchReport report, ReportedChoice chosen, ReportedVerification? test) => test?.Mean is double mean
        ? Card(
            $"{Figures.Value(report.Words, mean)}{(test.Deviation is double sd ? " " + Figures.Deviation(report.Words, sd) : "")}",
            $"on the test split, {Figures.Plural(test.Runs, "run")}; FP32 {Figures.Value(report.Words, report.Baseline.TestAccuracy)}")
        : Card(
            Figures.Value(report.Words, chosen.Accuracy),
            $"on the validation split; FP32 {Figures.Value(report.Words, report.Baseline.Accuracy)}; not verified on the test split");

    /// <summary>The fair rival is the best uniform network that needs no more memory.</summary>
    private static string Comparison(SearchReport report, ReportedChoice chosen, ReportedVerification? test)
    {
        ReportedUniform? rival = report.Uniform.LastOrDefault(
            uniform => uniform.MemoryBytes <= chosen.MemoryBytes && uniform.Bits != chosen.Bits);
        return rival is { TestAccuracy: double accuracy } && test?.Mean is double mean && report.Uniform.All(uniform => uniform.Bits != chosen.Bits)
            ? $"The largest uniform network that is no bigger ({LevelWords.Uniform(report, rival)} everywhere, "
                + $"{Figures.Bytes(rival.MemoryBytes)}) reaches {Figures.Value(report.Words, accuracy)} on the test split: "
                + $"{Figures.DifferenceInWords(report.Words, mean - accuracy)} for the chosen one."
            : "";
    }

    private static object NoAnswer(SearchReport report) => new object[]
    {
        Markup.Element("h1", "Nothing chosen"),
        Section.Note(report.Trials.Any(trial => trial.Measurements.Count > 0 && trial.SetAside is null)
            ? "No measured network keeps the limits that were asked for."
            : "No network has been measured yet, so there is nothing to choose from."),
    };

    private static XElement Card(string figure, string meaning) => Markup.Element(
        "div",
        Markup.Class("card"),
        Markup.Element("b", figure),
        Markup.Element("span", meaning));

    private static string Times(long larger, long smaller) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)larger / smaller:0.0}×");
}
