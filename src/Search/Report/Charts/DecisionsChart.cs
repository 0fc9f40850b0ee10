using System.Xml.Linq;

namespace Bitcurve.Search.Report.Charts;

/// <summary>Every decision in order: above what it promised to teach, below what it cost.</summary>
internal static class DecisionsChart
{
    private const double Width = 860;
    private const double PanelHeight = 150;
    private const double LabelDistance = 30;
    private const double TickDistance = 22;

    private static readonly int[] NumberSteps = [1, 2, 5, 10, 20, 50, 100, 1000];

    /// <summary>Null before the first decision.</summary>
    public static XElement? Draw(SearchReport report)
    {
        if (report.Decisions.Count == 0)
        {
            return null;
        }

        PlotArea gains = new(Width, 2 * PanelHeight + 40, 52, 34, Width - 18, PanelHeight);
        PlotArea costs = gains with { Top = PanelHeight + 48, Bottom = (2 * PanelHeight) + 4 };
        return Svg.Drawing(
            gains.Width,
            gains.Height,
            "Information gain and cost of each decision",
            Panel(report, gains, "expected information, nats", decision => decision.GainNats),
            Panel(report, costs, "expected cost, epochs", decision => decision.CostEpochs),
            Numbers(report, costs),
            Axes.BottomTitle(costs, "decision"));
    }

    private static IEnumerable<XElement> Panel(SearchReport report, PlotArea area, string title, Func<ReportedDecision, double> value)
    {
        double highest = report.Decisions.Max(value);
        var up = new LinearScale(0, highest > 0 ? highest * 1.05 : 1, area.Bottom, area.Top);
        double slot = Slot(report, area);
        yield return Axes.Left(area, up, title, tick => Figures.Short(tick, 3), TickDistance);
        for (int index = 0; index < report.Decisions.Count; index++)
        {
            ReportedDecision decision = report.Decisions[index];
            double top = up.At(value(decision));
            yield return Svg.Mark(
                $"Decision {decision.Id}: {report.TextOf(decision.Bits)} to {Figures.Plural(decision.Epochs, "epoch")}, "
                + $"gain {Figures.Short(decision.GainNats, 3)} nats, cost {Figures.Short(decision.CostEpochs)} epochs. {decision.Reason}",
                Svg.Rectangle(
                    TaskColours.FillOf(report, decision.Epochs) + " bar",
                    area.Left + (slot * index) + (slot * 0.1),
                    Math.Min(top, area.Bottom - 1),
                    slot * 0.8,
                    Math.Max(1, area.Bottom - top)));
        }
    }

    private static IEnumerable<XElement> Numbers(SearchReport report, PlotArea area)
    {
        double slot = Slot(report, area);
        int every = NumberSteps.FirstOrDefault(step => step * slot >= LabelDistance, NumberSteps[^1]);
        return report.Decisions.Select((decision, index) => (decision, index))
            .Where(entry => entry.decision.Id % every == 0)
            .Select(entry => Svg.Text("middle", area.Left + (slot * (entry.index + 0.5)), area.Bottom + 17, $"{entry.decision.Id}"));
    }

    private static double Slot(SearchReport report, PlotArea area) => Math.Min(36, (area.Right - area.Left) / report.Decisions.Count);
}
