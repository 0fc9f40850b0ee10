namespace Bitcurve.Search.Report.Charts;

/// <summary>Finds room for short labels beside their points: a label that hides a mark or another label misleads.</summary>
/// <param name="area">Labels stay inside.</param>
internal sealed class LabelPlacement(PlotArea area)
{
    private const double LetterWidth = 7.6;
    private const double LineHeight = 12;

    private static readonly (double X, double Y)[] Directions = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (1, 1), (0, 1), (-1, 1)];

    private readonly List<(double Left, double Top, double Right, double Bottom)> taken = [];

    /// <summary>Keeps labels away from a mark.</summary>
    public void Avoid(double x, double y, double radius) => taken.Add((x - radius, y - radius, x + radius, y + radius));

    /// <summary>
    /// Middle of the baseline for a label beside a point, null when every place near it is taken; the point's tooltip still names it then.
    /// </summary>
    /// <param name="x">The point.</param>
    /// <param name="y">The point.</param>
    /// <param name="text">One line.</param>
    /// <param name="firstDirection">Where to try first, 0..7 clockwise from above left.</param>
    public (double X, double Y)? Place(double x, double y, string text, int firstDirection = 0)
    {
        double width = LetterWidth * text.Length;
        foreach (double distance in (double[])[9, 15, 22])
        {
            for (int turn = 0; turn < Directions.Length; turn++)
            {
                (double right, double down) = Directions[(firstDirection + turn) % Directions.Length];
                double middle = x + (right * (distance + ((width - LetterWidth) / 2)));
                double centre = y + (down * distance);
                (double Left, double Top, double Right, double Bottom) box =
                    (middle - (width / 2), centre - (LineHeight / 2), middle + (width / 2), centre + (LineHeight / 2));
                if (IsInside(box) && taken.TrueForAll(other => !Overlap(box, other)))
                {
                    taken.Add(box);
                    return (middle, centre + 4);
                }
            }
        }

        return null;
    }

    private bool IsInside((double Left, double Top, double Right, double Bottom) box) =>
        box.Left >= area.Left && box.Right <= area.Right && box.Top >= area.Top && box.Bottom <= area.Bottom;

    private static bool Overlap(
        (double Left, double Top, double Right, double Bottom) a, (double Left, double Top, double Right, double Bottom) b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
}
