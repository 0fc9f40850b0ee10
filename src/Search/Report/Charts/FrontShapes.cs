using System.Xml.Linq;

namespace Bitcurve.Search.Report.Charts;

/// <summary>The measured front and the model's, drawn into a picture of accuracy against memory.</summary>
/// <param name="report">Whose fronts.</param>
/// <param name="area">The picture.</param>
/// <param name="x">Position of a memory in bytes.</param>
/// <param name="y">Position of an accuracy.</param>
internal sealed class FrontShapes(SearchReport report, PlotArea area, Func<long, double> x, Func<double, double> y)
{
    private const double IntervalDeviations = 2;

    /// <summary>
    /// Where the model expects the best network of each size, tried or not; to the right its last member stays the best.
    /// </summary>
    public XElement? Band()
    {
        (double X, double Y)[] Edge(double deviations) =>
        [
            .. report.PredictedFront.Select(member => (x(member.MemoryBytes), y(member.Mean + (deviations * member.Deviation)))),
            (area.Right, y(report.PredictedFront[^1].Mean + (deviations * report.PredictedFront[^1].Deviation))),
        ];

        return report.PredictedFront.Count == 0 ? null : Svg.Hint(
            "The front as the model expects it, mean ± 2 posterior deviations",
            Svg.Polygon("band", Edge(IntervalDeviations).Concat(Edge(-IntervalDeviations).Reverse())));
    }

    /// <summary>Steps: at a given memory the front's accuracy is that of the largest member that fits.</summary>
    public XElement? Line() => report.Pareto.Count == 0 ? null : Svg.Polyline(
        "front-line",
        report.Pareto.SelectMany((member, index) => (IEnumerable<(double, double)>)
        [
            .. index == 0 ? (IEnumerable<(double, double)>)[] : [(x(member.MemoryBytes), y(report.Pareto[index - 1].Accuracy))],
            (x(member.MemoryBytes), y(member.Accuracy)),
        ]).Append((area.Right, y(report.Pareto[^1].Accuracy))));

    /// <summary>The model's interval at each member.</summary>
    public IEnumerable<XElement> Intervals() => report.Pareto
        .Where(member => member.Estimate is not null)
        .Select(member => Svg.Line(
            "interval",
            x(member.MemoryBytes),
            y(member.Estimate!.Mean - (IntervalDeviations * member.Estimate.Deviation)),
            x(member.MemoryBytes),
            y(member.Estimate.Mean + (IntervalDeviations * member.Estimate.Deviation))));
}
