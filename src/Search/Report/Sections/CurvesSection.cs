using System.Xml.Linq;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Dashboard;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What each network measured at each fidelity.</summary>
internal static class CurvesSection
{
    public static XElement Of(SearchReport report, ChartBundle charts)
    {
        ReportedTrial[] failed = [.. report.Trials.Where(trial => trial.SetAside is not null || trial.Failures.Count > 0)];
        return Section.Of(
            "curves",
            $"{report.Words.Title} over epochs of fine-tuning",
            report.Trials.All(trial => trial.Measurements.Count == 0)
                ? Section.Note("Nothing has been measured yet.")
                : new object?[]
                {
                    Section.Figure(
                        charts,
                        "curves",
                        $"Validation {report.Metric} of each network after {string.Join(", ", report.Tasks)} epochs. A click on a network follows it in "
                        + "every picture."),
                    Measured(report),
                },
            failed.Length == 0 ? null : Failures(report, failed));
    }

    /// <summary>Every measurement of every network.</summary>
    private static XElement Measured(SearchReport report)
    {
        var table = new Table(
            "Measured networks",
            ["trial#", LevelWords.Column(report), "memory#", .. report.Tasks.Select(epochs => Figures.Column(report.Words, Figures.Plural(epochs, "epoch"))), Figures.Column(report.Words, "estimate")]);
        foreach (ReportedTrial trial in report.Trials.Where(trial => trial.Measurements.Count > 0))
        {
            table.Row(
                report.Chosen?.Bits == trial.Bits ? "chosen-row" : "",
                [
                    trial.Id,
                    BitStrip.Of(report, trial.Bits),
                    Figures.Bytes(trial.MemoryBytes),
                    .. report.Tasks.Select(epochs => Accuracy(report.Words, trial, epochs)),
                    Figures.EstimateOf(report.Words, trial.Estimate),
                ]);
        }

        return table.BuildTall();
    }

    private static string Accuracy(MetricWords words, ReportedTrial trial, int epochs) =>
        trial.Measurements.FirstOrDefault(measured => measured.Epochs == epochs) is ReportedMeasurement measured
            ? Figures.Plain(words, measured.Accuracy)
            : "";

    private static object Failures(SearchReport report, IEnumerable<ReportedTrial> trials)
    {
        var table = new Table("Failures", "trial#", LevelWords.Column(report), "failed tries#", "what happened");
        foreach (ReportedTrial trial in trials)
        {
            string story = string.Join(' ', trial.Failures.Select(failure => $"{failure.Kind}: {failure.Message}"));
            table.Row(
                "",
                trial.Id,
                Markup.Element("code", report.TextOf(trial.Bits)),
                trial.Failures.Count,
                trial.SetAside is string reason ? $"Set aside. {reason}" : $"Repeated with success. {story}");
        }

        return new object[] { Markup.Element("h3", "Failures"), table.Build() };
    }
}
