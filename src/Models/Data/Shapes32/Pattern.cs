namespace Bitcurve.Models.Data.Rendering;

/// <summary>The four textures.</summary>
public enum PatternKind
{
    Stripes = 0,
    Checker = 1,
    Gradient = 2,
    Smooth = 3,
}

/// <summary>A texture: a function of the plane with values in 0 .. 1.</summary>
/// <param name="Angle">Rotation of the texture's axes, radians.</param>
/// <param name="Frequency">Half periods per unit of length.</param>
/// <param name="Phase">Radians.</param>
/// <param name="Kind">Which texture.</param>
public readonly record struct Pattern(double Angle, double Frequency, double Phase, PatternKind Kind)
{
    private readonly double cosine = Math.Cos(Angle);
    private readonly double sine = Math.Sin(Angle);

    /// <summary>Four draws: angle U(0, 2 pi), frequency U(1.5, 5), phase U(0, 2 pi), kind uniform of 4.</summary>
    public static Pattern Sample(KeyedRandom random) => new(
        random.NextUniform(0, 2 * Math.PI),
        random.NextUniform(1.5, 5),
        random.NextUniform(0, 2 * Math.PI),
        (PatternKind)random.NextInt(4));

    /// <summary>The value at a point, 0 .. 1; a and b are the point's coordinates along the texture's axes.</summary>
    public double At(double x, double y)
    {
        double a = cosine * x + sine * y;
        double b = cosine * y - sine * x;
        return Kind switch
        {
            PatternKind.Stripes => 0.5 + 0.5 * Math.Sin(Frequency * Math.PI * a + Phase),
            PatternKind.Checker => 0.5 + 0.5 * Math.Sign(
                Math.Sin(Frequency * Math.PI * a + Phase) * Math.Sin(Frequency * Math.PI * b)),
            PatternKind.Gradient => Math.Clamp(0.5 + 0.5 * a, 0, 1),
            _ => 0.5 + 0.25 * (Math.Sin(1.7 * Frequency * a + Phase) + Math.Sin(2.3 * Frequency * b + 2 * Phase)),
        };
    }
}
