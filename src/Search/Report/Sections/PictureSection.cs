using System.Xml.Linq;
using Bitcurve.Search.Report.Charts;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Accuracy against memory with its legend.</summary>
internal static class PictureSection
{
    public static XElement Of(SearchReport report)
    {
        if (!HasAnything(report))
        {
            return Section.Of("picture", "Accuracy against memory", Section.Note("No quantised network has been measured yet."));
        }

        int highest = AccuracyRange.HighestFidelity(report);
        return Section.Of(
            "picture",
            "Accuracy against memory",
            Section.Figure(
                AccuracyMemoryChart.Draw(report),
                LegendOf(report, highest),
                "Up and to the left is better. Letters name the measured front as in the table below; digits are the levels of the uniform "
                + "networks. What lies above the uniform line beats the same level everywhere for the same memory. The vertical scale is "
                + "stretched towards the top, where the networks worth having differ by tenths of a point. "
                + "Search and front are judged by the validation split, diamonds by the test split: they may lie apart."),
            report.Pareto.Count > 0 && highest != report.Tasks[^1]
                ? Section.Note($"No network was measured at the target of {report.Tasks[^1]} epochs; the picture shows {highest} epochs.")
                : null,
            FrontNote(report.FrontHolds));
    }

    private static bool HasAnything(SearchReport report) =>
        report.Trials.Any(trial => trial.Measurements.Count > 0) || report.Verified.Any(result => result.Mean is not null)
        || report.PredictedFront.Count > 0;

    private static XElement LegendOf(SearchReport report, int highest) => Legend.Of(
        report.Chosen is null ? null : Legend.Entry("chosen", Svg.Star("chosen", 13, 7.5, 7)),
        Legend.Entry($"front, {highest} epochs", Svg.Line("front-line", 0, 7, 26, 7), Svg.Circle("trial front", 13, 7, 4)),
        Legend.Entry($"other networks, {highest} epochs", Svg.Circle("trial", 13, 7, 3.6)),
        Legend.Entry("fewer epochs (▾ below the picture)", Svg.Circle("low", 13, 7, 2.4)),
        Legend.Entry(
            $"uniform ({UniformLine.Of(report).Source})", Svg.Line("uniform-line", 0, 7, 26, 7), Svg.Rectangle("uniform", 9, 3, 8, 8)),
        report.Verified.Count == 0
            ? null
            : Legend.Entry("test split (± 1 deviation over runs)", Svg.Line("error", 13, 0, 13, 14), Svg.Diamond("verified", 13, 7, 4.5)),
        report.PredictedFront.Count == 0
            ? null
            : Legend.Entry(
                "model: expected front ± 2 deviations", Svg.Rectangle("band", 0, 2, 26, 10), Svg.Line("interval", 13, 0, 13, 14)));

    private static XElement? FrontNote(ReportedFrontCheck check) => check.Pairs == 0
        ? Section.Note("Fewer than two members of the front were verified on the test split: whether its order holds there is not known.")
        : Section.Paragraph(
            $"Does the front hold on the test split? Of {Figures.Plural(check.Pairs, "verified pair")}, {check.Reversed} "
            + (check.Reversed == 1 ? "has" : "have") + " the smaller network ahead",
            check.Contradicted is int contradicted
                ? $", {contradicted} by more than two combined standard errors (one run deviates by "
                    + $"{Figures.Deviation(check.PooledDeviation, 2)} points between seeds)."
                : "; no network ran twice, so how much of that is chance is not known.");
}
