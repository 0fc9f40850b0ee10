using System.Xml.Linq;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report.Charts;

/// <summary>What the model expected against what the test split gave; on the diagonal they agree.</summary>
internal static class EstimateChart
{
    private const double IntervalDeviations = 2;

    /// <summary>Null when nothing has both an estimate and a test result.</summary>
    public static XElement? Draw(SearchReport report)
    {
        ReportedVerification[] both = [.. report.Verified.Where(result => result is { Mean: not null, Estimate: not null })];
        if (both.Length == 0)
        {
            return null;
        }

        PlotArea area = PlotArea.WithMargins(460, 430, 52, 34, 18, 48);
        AccuracyRange range = AccuracyRange.Around(both.SelectMany(result => new[] { result.Mean!.Value, result.Estimate!.Mean }));
        var across = new LossScale(range.Minimum, range.Maximum, area.Left, area.Right);
        var up = new LossScale(range.Minimum, range.Maximum, area.Bottom, area.Top);
        return Svg.Drawing(
            area.Width,
            area.Height,
            "Test accuracy against the model's estimate",
            Axes.Bottom(area, across, "estimated from validation, %", Axes.PercentTick),
            Axes.Left(area, up, "test, % (both stretched towards the top)", Axes.PercentTick),
            Svg.Line("diagonal", area.Left, area.Bottom, area.Right, area.Top),
            both.Select(result => Mark(report, result, across, up)));
    }

    private static XElement Mark(SearchReport report, ReportedVerification result, LossScale across, LossScale up)
    {
        Estimate estimate = result.Estimate!;
        double mean = result.Mean!.Value;
        double x = across.At(estimate.Mean);
        double y = up.At(mean);
        double reach = IntervalDeviations * estimate.Deviation;
        bool isChosen = report.Chosen?.Bits == result.Bits;
        string role = result.Groups.Count == 0 ? "Verified earlier" : Roles.Name(result.Groups[0]);
        return Svg.Mark(
            $"{role} {report.TextOf(result.Bits)}: estimate {Figures.EstimateOf(estimate)}, test {Figures.Percent(mean)}, "
            + $"difference {Figures.Points(result.DifferenceToEstimate)} points",
            Svg.Line("interval", across.At(estimate.Mean - reach), y, across.At(estimate.Mean + reach), y),
            result.Deviation is double deviation ? Svg.Line("error", x, up.At(mean - deviation), x, up.At(mean + deviation)) : null,
            isChosen ? Svg.Star("chosen", x, y, 9) : Shape(result, x, y));
    }

    private static XElement Shape(ReportedVerification result, double x, double y) => result.Groups.FirstOrDefault() switch
    {
        VerificationGroup.Uniform => Svg.Rectangle("uniform", x - 4, y - 4, 8, 8),
        VerificationGroup.Reversed => Svg.Diamond("verified", x, y, 5),
        _ => Svg.Circle("trial front", x, y, 4.5),
    };
}
