using System.Xml.Linq;
using Bitcurve.Search.Report.Charts;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What each network measured at each fidelity.</summary>
internal static class CurvesSection
{
    public static XElement Of(SearchReport report)
    {
        IReadOnlyList<XElement> tiles = LearningCurves.Draw(report);
        ReportedTrial[] failed = [.. report.Trials.Where(trial => trial.SetAside is not null || trial.Failures.Count > 0)];
        return Section.Of(
            "curves",
            "Accuracy over epochs of fine-tuning",
            tiles.Count == 0
                ? Section.Note("Nothing has been measured yet.")
                : new object[]
                {
                    Section.Paragraph(
                        $"Validation {report.Metric}, %, after {string.Join(", ", report.Tasks)} epochs; one picture for each network, "
                        + "all others faint behind it."),
                    Markup.Element("div", Markup.Class("tiles"), tiles),
                },
            failed.Length == 0 ? null : Failures(report, failed));
    }

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
