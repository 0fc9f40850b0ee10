using System.Xml.Linq;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Dashboard;

namespace Bitcurve.Search.Report.Sections;

/// <summary>How well the model's estimates agree with what the test split gave.</summary>
internal static class EstimateSection
{
    public static XElement Of(SearchReport report, ChartBundle charts)
    {
        if (!report.Verified.Any(result => result is { Mean: not null, Estimate: not null }))
        {
            return Section.Of(
                "estimates",
                $"Estimate against verified {report.Metric}",
                Section.Note(report.Verified.Any(result => result.Mean is not null)
                    ? "The search had no model to estimate the verified networks with."
                    : "Nothing was verified on the test split, so the estimates stand unchecked."));
        }

        ReportedVerification[] results = [.. report.Verified.Where(result => !result.Bits.IsEmpty)];
        return Section.Of(
            "estimates",
            $"Estimate against verified {report.Metric}",
            Markup.Element(
                "div",
                Markup.Class("beside"),
                Section.Figure(
                    charts,
                    "estimates",
                    "On the diagonal the model was right; horizontal bars are its mean ± 2 deviations, "
                    + "vertical ones ± 1 deviation over runs."),
                Markup.Element("div", TableOf(report, results), Summary(report.Words, results))));
    }

    private static XElement TableOf(SearchReport report, IEnumerable<ReportedVerification> results)
    {
        var table = new Table("Estimates and test results", "role", LevelWords.Column(report), Figures.Column(report.Words, "estimate"), Figures.Column(report.Words, "test"), "runs#", "difference#");
        foreach (ReportedVerification result in results)
        {
            table.Row(
                "",
                result.Groups.Count == 0 ? "Earlier" : string.Join(", ", result.Groups.Select(Roles.Name)),
                Markup.Element("code", report.TextOf(result.Bits)),
                Figures.EstimateOf(report.Words, result.Estimate),
                result.Mean is null
                    ? Missing(result)
                    : $"{Figures.Plain(report.Words, result.Mean.Value)}{(result.Deviation is double sd ? " " + Figures.Deviation(report.Words, sd) : "")}",
                result.Runs,
                Figures.Difference(report.Words, result.DifferenceToEstimate));
        }

        return table.Build();
    }

    private static XElement Missing(ReportedVerification result) => Markup.Element(
        "span", Markup.Attribute("title", string.Join(' ', result.Failures)), result.Failures.Count > 0 ? "failed" : "pending");

    private static XElement Summary(MetricWords words, IEnumerable<ReportedVerification> results)
    {
        ReportedVerification[] both = [.. results.Where(result => result.DifferenceToEstimate is not null)];
        int inside = both.Count(result => Math.Abs(result.DifferenceToEstimate!.Value) <= 2 * result.Estimate!.Deviation);
        double typical = both.Average(result => Math.Abs(result.DifferenceToEstimate!.Value));
        return Section.Paragraph(
            Markup.Class("muted"),
            $"Mean absolute difference {(words.IsFraction ? $"{Figures.Fixed(100 * typical, 2)} points" : MetricWords.Significant(typical, 3))}; {inside} of {both.Length} test means lie within "
            + "2 posterior deviations. Intervals are the model's own; they speak of the validation split, "
            + "so a difference also holds what separates the two splits, and the noise of one run.");
    }
}
