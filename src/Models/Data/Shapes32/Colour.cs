namespace Bitcurve.Models.Data.Rendering;

/// <summary>A colour; channels on the scale 0 .. 1.</summary>
public readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>Each channel uniform in [low, high]; three draws.</summary>
    public static Colour Sample(KeyedRandom random, double low, double high) =>
        new(random.NextUniform(low, high), random.NextUniform(low, high), random.NextUniform(low, high));

    /// <summary>This colour with each channel moved by at most <paramref name="reach"/> and clamped to 0 .. 1; three draws.</summary>
    public Colour SampleNear(KeyedRandom random, double reach)
    {
        Colour step = Sample(random, -reach, reach);
        return new Colour(
            Math.Clamp(Red + step.Red, 0, 1), Math.Clamp(Green + step.Green, 0, 1), Math.Clamp(Blue + step.Blue, 0, 1));
    }

    /// <summary>The colour at <paramref name="share"/> of the way to <paramref name="other"/>, share in 0 .. 1.</summary>
    public Colour Mix(Colour other, double share) => new(
        Red + share * (other.Red - Red), Green + share * (other.Green - Green), Blue + share * (other.Blue - Blue));

    /// <summary>Mean absolute difference over the channels, 0 .. 1.</summary>
    public double Contrast(Colour other) =>
        (Math.Abs(Red - other.Red) + Math.Abs(Green - other.Green) + Math.Abs(Blue - other.Blue)) / 3;
}
