using System.Xml.Linq;

namespace Bitcurve.Search.Report.Charts;

/// <summary>Grid lines, marks and titles around a plot.</summary>
internal static class Axes
{
    private const double HorizontalDistance = 46;
    private const double VerticalDistance = 27;
    private const double LabelGap = 7;

    /// <summary>A value axis at the bottom.</summary>
    public static XElement Bottom(PlotArea area, IScale scale, string title, Func<double, string> format) => Svg.Group(
        "axis",
        Ticks.Of(scale, HorizontalDistance).Select(value => (object)Svg.Group(
            "tick",
            Svg.Line("grid", scale.At(value), area.Top, scale.At(value), area.Bottom),
            Svg.Text("middle", scale.At(value), area.Bottom + 17, format(value)))),
        BottomTitle(area, title));

    /// <summary>A value axis at the left.</summary>
    public static XElement Left(
        PlotArea area, IScale scale, string title, Func<double, string> format, double distance = VerticalDistance) =>
        Svg.Group(
            "axis",
            Ticks.Of(scale, distance).Select(value => (object)Svg.Group(
                "tick",
                Svg.Line("grid", area.Left, scale.At(value), area.Right, scale.At(value)),
                Svg.Text("end", area.Left - LabelGap, scale.At(value) + 4, format(value)))),
            Svg.Text("axis-title", area.Left, area.Top - 10, title));

    public static XElement BottomTitle(PlotArea area, string title) =>
        Svg.Text("axis-title", area.Left, area.Bottom + 36, title);

    /// <summary>Per cent without the sign, which the title carries.</summary>
    public static string PercentTick(double fraction) => Figures.Short(100 * fraction);
}
