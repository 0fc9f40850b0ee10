namespace Bitcurve.Models.Data.Solids;

/// <summary>Where a shape is in one frame.</summary>
/// <param name="U">Of its middle, -1 .. 1 across the image.</param>
/// <param name="V">Of its middle, -1 .. 1 down the image.</param>
/// <param name="Angle">Radians, clockwise as seen.</param>
/// <param name="Scale">Length of its unit in the image.</param>
public readonly record struct MoverPose(double U, double V, double Angle, double Scale)
{
    // Kept, since every pixel needs them.
    private readonly double sine = Math.Sin(Angle);
    private readonly double cosine = Math.Cos(Angle);

    /// <summary>The shape's own coordinates of an image position, in its units.</summary>
    public (double A, double B) Own(double u, double v)
    {
        double x = u - U;
        double y = v - V;
        return (((cosine * x) + (sine * y)) / Scale, ((cosine * y) - (sine * x)) / Scale);
    }
}
