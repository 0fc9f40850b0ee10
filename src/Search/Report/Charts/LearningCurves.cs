using System.Xml.Linq;

namespace Bitcurve.Search.Report.Charts;

/// <summary>Accuracy over the tasks, one small picture for each trial before the faint curves of all.</summary>
internal static class LearningCurves
{
    private const string AllCurves = "all-curves";

    private static readonly PlotArea Area = PlotArea.WithMargins(150, 92, 26, 8, 8, 16);

    /// <summary>Empty when nothing is measured.</summary>
    public static IReadOnlyList<XElement> Draw(SearchReport report)
    {
        ReportedTrial[] measured = [.. report.Trials.Where(trial => trial.Measurements.Count > 0)];
        if (measured.Length == 0)
        {
            return [];
        }

        AccuracyRange range = AccuracyRange.Around(
            measured.SelectMany(trial => trial.Measurements).Select(measurement => measurement.Accuracy));
        var up = new LossScale(range.Minimum, range.Maximum, Area.Bottom, Area.Top);
        return [Shared(report, measured, up), .. measured.Select(trial => Tile(report, trial, up))];
    }

    /// <summary>Axes and faint curves are written once and referred to by every tile.</summary>
    private static XElement Shared(SearchReport report, IEnumerable<ReportedTrial> trials, LossScale up) => Markup.Element(
        "svg",
        Markup.Class("definitions"),
        Markup.Attribute("aria-hidden", "true"),
        Markup.Attribute("width", "0"),
        Markup.Attribute("height", "0"),
        Markup.Element("defs", Markup.Element(
            "g",
            Markup.Attribute("id", AllCurves),
            Ticks.Of(up, 22).Select(value => (object)Svg.Group(
                "tick",
                Svg.Line("grid", Area.Left, up.At(value), Area.Right, up.At(value)),
                Svg.Text("end small", Area.Left - 3, up.At(value) + 3, Axes.PercentTick(value)))),
            report.Tasks.Select((epochs, task) => Svg.Text("middle small", X(report, task), Area.Bottom + 12, $"{epochs}")),
            trials.Select(trial => Svg.Polyline("faint-curve", Points(report, trial, up))))));

    private static XElement Tile(SearchReport report, ReportedTrial trial, LossScale up)
    {
        string curve = string.Join(
            ", ", trial.Measurements.Select(measurement => $"{measurement.Epochs}: {Figures.Percent(measurement.Accuracy)}"));
        bool isChosen = report.Chosen?.Bits == trial.Bits;
        return Markup.Element(
            "div",
            Markup.Class(isChosen ? "tile chosen-tile" : "tile"),
            Markup.Element("p", Markup.Class("tile-title"), $"{trial.Id} · ", Markup.Element("code", report.TextOf(trial.Bits))),
            Svg.Drawing(
                Area.Width,
                Area.Height,
                $"Trial {trial.Id}",
                Markup.Element("use", Markup.Attribute("href", "#" + AllCurves)),
                Svg.Mark(
                    $"Trial {trial.Id}, {report.TextOf(trial.Bits)}. Epochs and validation accuracy: {curve}",
                    Svg.Polyline("curve", Points(report, trial, up)),
                    Points(report, trial, up).Select((point, task) => Svg.Circle(TaskColours.Fill(report, task), point.X, point.Y, 2.6)))));
    }

    private static double X(SearchReport report, int task) =>
        Area.Left + 6 + ((Area.Right - Area.Left - 12) * (report.Tasks.Count == 1 ? 0.5 : task / (report.Tasks.Count - 1.0)));

    private static IEnumerable<(double X, double Y)> Points(SearchReport report, ReportedTrial trial, LossScale up) =>
        trial.Measurements.Select((measurement, task) => (X(report, task), up.At(measurement.Accuracy)));
}
