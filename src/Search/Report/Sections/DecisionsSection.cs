using System.Xml.Linq;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What the search ran in which order, and why this one.</summary>
internal static class DecisionsSection
{
    public static XElement Of(SearchReport report, ChartBundle charts) => Section.Of(
        "decisions",
        "Why this one",
        report.Decisions.Count > 0
            ? new object?[]
            {
                Section.Figure(
                    charts,
                    "decisions",
                    "Each decision trains one network up to a fidelity. Its score is what it was expected to teach about the target (nats) "
                    + "for each epoch it was expected to cost; a resumed network pays only for the epochs still missing."),
                report.Decisions.Any(decision => decision.ExpectedRegret is not null)
                    ? Section.Figure(
                        charts,
                        "regret",
                        $"What the model expected to lose, in effective {report.Metric}, by stopping at each decision and choosing by what it knew: the "
                        + "search ends by itself when that is small enough.")
                    : null,
                TableOf(report),
            }
            : Section.Note("No decision has been taken yet."));

    private static XElement TableOf(SearchReport report)
    {
        var table = new Table(
            "Decisions", "#", "trial#", LevelWords.Column(report), "epochs#", "gain, nats#", "cost, epochs#", "score#", Figures.Column(report.Words, "estimate"), "reason");
        foreach (ReportedDecision decision in report.Decisions)
        {
            Estimate? posterior = decision is { PosteriorMean: double mean, PosteriorDeviation: double deviation }
                ? new Estimate(mean, deviation)
                : null;
            table.Row(
                "",
                decision.Id,
                decision.Trial,
                BitStrip.Of(report, decision.Bits),
                decision.Epochs,
                Figures.Short(decision.GainNats, 4),
                Figures.Short(decision.CostEpochs),
                Figures.Short(decision.Score, 4),
                Figures.EstimateOf(report.Words, posterior),
                new object?[] { decision.Reason, RunnersUp(report, decision.RunnersUp) });
        }

        return table.BuildTall();
    }

    private static XElement? RunnersUp(SearchReport report, IReadOnlyList<RunnerUp> runnersUp) => runnersUp.Count == 0 ? null : Markup.Element(
        "details",
        Markup.Element("summary", runnersUp.Count == 1 ? "1 runner-up" : $"{runnersUp.Count} runners-up"),
        Markup.Element("ol", runnersUp.Select(other => Markup.Element(
            "li",
            Markup.Element("code", report.TextOf(other.Bits)),
            $" to {Figures.Plural(other.Epochs, "epoch")}: {Figures.Short(other.GainNats, 4)} nats "
            + $"for {Figures.Short(other.CostEpochs)} epochs, score {Figures.Short(other.Score, 4)}"))));
}
