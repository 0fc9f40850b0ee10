using System.Xml.Linq;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Dashboard;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Accuracy against memory.</summary>
internal static class PictureSection
{
    public static XElement Of(SearchReport report, ChartBundle charts)
    {
        if (!HasAnything(report))
        {
            return Section.Of("picture", $"{report.Words.Title} against memory", Section.Note("No quantised network has been measured yet."));
        }

        int highest = HighestFidelity(report);
        return Section.Of(
            "picture",
            $"{report.Words.Title} against memory",
            charts.Missing is string reason
                ? Section.Note($"Pictures are left out: {reason}. What they show is in the tables below and in report.json.")
                : null,
            Section.Figure(
                charts,
                "front",
                $"{(report.Words.IsMinimized ? "Lower is better: down" : "Up")} and to the left is better. Letters name the measured front as in the table below; digits are the levels of the uniform "
                + $"networks. What lies {(report.Words.IsMinimized ? "below" : "above")} the uniform line beats the same level everywhere for the same memory. The vertical scale is "
                + (report.Words.IsMinimized
                    ? "logarithmic where all values are positive. "
                    : $"stretched towards the top, where the networks worth having differ by {(report.Words.IsFraction ? "tenths of a point" : "little")}. ")
                + "Search and front are judged by the validation split, diamonds by the test split: they may lie apart."),
            report.Pareto.Count > 0 && highest != report.Tasks[^1]
                ? Section.Note($"No network was measured at the target of {report.Tasks[^1]} epochs; the picture shows {highest} epochs.")
                : null,
            FrontNote(report.Words, report.FrontHolds));
    }

    private static bool HasAnything(SearchReport report) =>
        report.Trials.Any(trial => trial.Measurements.Count > 0) || report.Verified.Any(result => result.Mean is not null)
        || report.PredictedFront.Count > 0;

    /// <summary>Epochs of the highest fidelity that any trial reached, the target when none has.</summary>
    private static int HighestFidelity(SearchReport report) =>
        report.Trials.Where(trial => trial.SetAside is null).SelectMany(trial => trial.Measurements)
            .Select(measured => measured.Epochs).DefaultIfEmpty(report.Tasks[^1]).Max();

    private static XElement? FrontNote(MetricWords words, ReportedFrontCheck check) => check.Pairs == 0
        ? Section.Note("Fewer than two members of the front were verified on the test split: whether its order holds there is not known.")
        : Section.Paragraph(
            $"Does the front hold on the test split? Of {Figures.Plural(check.Pairs, "verified pair")}, {check.Reversed} "
            + (check.Reversed == 1 ? "has" : "have") + " the smaller network ahead",
            check.Contradicted is int contradicted
                ? $", {contradicted} by more than two combined standard errors (one run deviates by "
                    + $"{Figures.Deviation(words, check.PooledDeviation, 2)}{(words.IsFraction ? " points" : "")} between seeds)."
                : "; no network ran twice, so how much of that is chance is not known.");
}
