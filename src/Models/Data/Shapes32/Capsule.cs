namespace Bitcurve.Models.Data.Rendering;

/// <summary>A segment with round ends in one colour: clutter behind the target or an occluder in front of it.</summary>
/// <param name="CentreX">Coordinate of the segment's middle.</param>
/// <param name="CentreY">Coordinate of the segment's middle.</param>
/// <param name="Angle">Direction of the segment, radians.</param>
/// <param name="HalfLength">Half the segment's length, coordinates.</param>
/// <param name="Radius">Half the thickness, coordinates.</param>
/// <param name="Colour">Its colour.</param>
public readonly record struct Capsule(double CentreX, double CentreY, double Angle, double HalfLength, double Radius, Colour Colour)
{
    private readonly double cosine = Math.Cos(Angle);
    private readonly double sine = Math.Sin(Angle);

    /// <summary>Eight draws: centre U(-1, 1)^2, angle U(0, pi), half-length U(0, 0.4), radius U(0.05, 0.14), colour U(0, 1)^3.</summary>
    public static Capsule SampleClutter(KeyedRandom random) => new(
        random.NextUniform(-1, 1),
        random.NextUniform(-1, 1),
        random.NextUniform(0, Math.PI),
        random.NextUniform(0, 0.4),
        random.NextUniform(0.05, 0.14),
        Colour.Sample(random, 0, 1));

    /// <summary>
    /// Eight draws: distance from the target's centre U(0.3, 1) target scales, direction U(0, 2 pi), angle U(0, pi),
    /// half-length U(0.1, 0.6), radius U(0.05, 0.15), colour U(0, 1)^3.
    /// </summary>
    public static Capsule SampleOccluder(KeyedRandom random, Target target)
    {
        double distance = random.NextUniform(0.3, 1) * target.Scale;
        (double sine, double cosine) = Math.SinCos(random.NextUniform(0, 2 * Math.PI));
        return new Capsule(
            target.CentreX + distance * cosine,
            target.CentreY + distance * sine,
            random.NextUniform(0, Math.PI),
            random.NextUniform(0.1, 0.6),
            random.NextUniform(0.05, 0.15),
            Colour.Sample(random, 0, 1));
    }

    /// <summary>Signed distance of a point, exact: hypot(max(|a| - half-length, 0), b) - radius along the segment's axes a, b.</summary>
    public double Distance(double x, double y)
    {
        double a = cosine * (x - CentreX) + sine * (y - CentreY);
        double b = cosine * (y - CentreY) - sine * (x - CentreX);
        return double.Hypot(Math.Max(Math.Abs(a) - HalfLength, 0), b) - Radius;
    }

    /// <summary>Paints the capsule over the canvas.</summary>
    public void Paint(Canvas canvas)
    {
        for (int row = 0; row < Canvas.Size; row++)
        {
            for (int column = 0; column < Canvas.Size; column++)
            {
                double distance = Distance(Canvas.Coordinate(column), Canvas.Coordinate(row));
                canvas.Blend(row, column, Colour, Canvas.Coverage(distance));
            }
        }
    }
}
