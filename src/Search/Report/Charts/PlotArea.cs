namespace Bitcurve.Search.Report.Charts;

/// <summary>A drawing with the rectangle inside its axes, in the drawing's units; y grows downwards.</summary>
internal sealed record PlotArea(double Width, double Height, double Left, double Top, double Right, double Bottom)
{
    public static PlotArea WithMargins(double width, double height, double left, double top, double right, double bottom) =>
        new(width, height, left, top, width - right, height - bottom);
}
