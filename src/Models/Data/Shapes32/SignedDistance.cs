namespace Bitcurve.Models.Data.Rendering;

/// <summary>Signed distances of a point (u, v) to the ten shapes around the origin: negative inside, zero on the outline.</summary>
/// <remarks>r is the distance to the origin. Where edges meet the value is a lower bound, exact enough for a one-pixel edge.</remarks>
public static class SignedDistance
{
    // A star of five points: tip at radius 1, notch at radius 0.45, half a point spans 36 degrees.
    private const double StarHalfAngle = Math.PI / 5;
    private const double StarNotchRadius = 0.45;

    private static readonly (double U, double V) StarEdgeNormal = EdgeNormal();

    /// <summary>The distance to the shape with this class number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is outside 0 .. 9.</exception>
    public static double Of(int label, double u, double v) => label switch
    {
        0 => Disc(u, v),
        1 => Ring(u, v),
        2 => Box(u, v, 0.72, 0.72),
        3 => Polygon(u, v, 3, 1.05),
        4 => Polygon(u, v, 5, 0.90),
        5 => Star(u, v),
        6 => Cross(u, v),
        7 => Crescent(u, v),
        8 => HalfDisc(u, v),
        9 => Ell(u, v),
        _ => throw new ArgumentOutOfRangeException(nameof(label), $"Expected a shape in 0 .. 9, actual {label}."),
    };

    /// <summary>r - 0.80.</summary>
    public static double Disc(double u, double v) => double.Hypot(u, v) - 0.80;

    /// <summary>|r - 0.66| - 0.20.</summary>
    public static double Ring(double u, double v) => Math.Abs(double.Hypot(u, v) - 0.66) - 0.20;

    /// <summary>max(|u| - a, |v| - b): a rectangle with half sides a, b.</summary>
    public static double Box(double u, double v, double a, double b) => Math.Max(Math.Abs(u) - a, Math.Abs(v) - b);

    /// <summary>The largest distance to a side's line: a regular polygon of n sides whose corners lie at radius R.</summary>
    public static double Polygon(double u, double v, int n, double R)
    {
        double farthest = double.NegativeInfinity;
        for (int k = 0; k < n; k++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * k / n);
            farthest = Math.Max(farthest, u * cosine + v * sine);
        }

        return farthest - R * Math.Cos(Math.PI / n);
    }

    /// <summary>Distance to the edge from tip (1, 0) to notch, after folding the plane onto half a point of the star.</summary>
    public static double Star(double u, double v)
    {
        double r = double.Hypot(u, v);
        double w = Math.Abs(Math.IEEERemainder(Math.Atan2(v, u), 2 * StarHalfAngle));
        return (r * Math.Cos(w) - 1) * StarEdgeNormal.U + r * Math.Sin(w) * StarEdgeNormal.V;
    }

    /// <summary>The union of two crossed bars, 0.92 x 0.28.</summary>
    public static double Cross(double u, double v) => Math.Min(Box(u, v, 0.92, 0.28), Box(u, v, 0.28, 0.92));

    /// <summary>A disc of radius 0.88 without the disc of radius 0.70 around (0.48, 0).</summary>
    public static double Crescent(double u, double v) => Math.Max(double.Hypot(u, v) - 0.88, 0.70 - double.Hypot(u - 0.48, v));

    /// <summary>The half u >= -0.38 of a disc of radius 0.92 around (-0.38, 0).</summary>
    public static double HalfDisc(double u, double v) => Math.Max(double.Hypot(u + 0.38, v) - 0.92, -(u + 0.38));

    /// <summary>An upright bar at the left and a lying bar: the letter L.</summary>
    public static double Ell(double u, double v) => Math.Min(Box(u + 0.45, v, 0.27, 0.85), Box(u - 0.05, v + 0.58, 0.77, 0.27));

    private static (double U, double V) EdgeNormal()
    {
        (double sine, double cosine) = Math.SinCos(StarHalfAngle);
        double alongU = StarNotchRadius * cosine - 1;
        double alongV = StarNotchRadius * sine;
        double length = double.Hypot(alongU, alongV);
        // The edge's direction turned by -90 degrees points away from the origin.
        return (alongV / length, -alongU / length);
    }
}
