namespace Bitcurve.Models.Data;

/// <summary>How hard the shapes are to tell apart. The default is version 2, on which the small networks reach about 95 %.</summary>
/// <remarks>Lengths are in half image widths (the image spans -1 .. 1), colours and noise on the scale 0 .. 1.</remarks>
public sealed record Shapes32Difficulty
{
    /// <summary>The recommended version: 89 % after 18 epochs of the eight-layer network, 95 % after 40.</summary>
    public static Shapes32Difficulty Version2 { get; } = new();

    /// <summary>Too hard for small networks: 47 % after 15 epochs.</summary>
    public static Shapes32Difficulty Version1 { get; } = new()
    {
        ClutterCount = 4,
        OccluderProbability = 0.6,
        NoiseHigh = 0.14,
        ScaleLow = 0.34,
        ScaleHigh = 0.66,
        Shift = 0.32,
        Contrast = 0.22,
        Aspect = 1.2,
        BackgroundTexture = 0.35,
        FillTexture = 0.30,
    };

    /// <summary>Between the two: 77 % after 18 epochs.</summary>
    public static Shapes32Difficulty Version3 { get; } = new()
    {
        ClutterCount = 3,
        OccluderProbability = 0.5,
        NoiseHigh = 0.10,
        ScaleLow = 0.42,
        ScaleHigh = 0.72,
        Shift = 0.26,
        Contrast = 0.26,
        Aspect = 1.2,
        BackgroundTexture = 0.25,
        FillTexture = 0.20,
    };

    /// <summary>Capsules behind the target, each present in half of the images; at least 0.</summary>
    public int ClutterCount { get; init; } = 2;

    /// <summary>Share of images with a capsule in front of the target, 0 .. 1.</summary>
    public double OccluderProbability { get; init; } = 0.4;

    /// <summary>Smallest standard deviation of the pixel noise.</summary>
    public double NoiseLow { get; init; } = 0.02;

    /// <summary>Largest standard deviation of the pixel noise.</summary>
    public double NoiseHigh { get; init; } = 0.08;

    /// <summary>Smallest scale of the target.</summary>
    public double ScaleLow { get; init; } = 0.45;

    /// <summary>Largest scale of the target.</summary>
    public double ScaleHigh { get; init; } = 0.75;

    /// <summary>The target's centre lies within this of the image's centre, per axis.</summary>
    public double Shift { get; init; } = 0.22;

    /// <summary>Least mean absolute difference of the fill colour to the background's middle colour.</summary>
    public double Contrast { get; init; } = 0.30;

    /// <summary>The target is stretched by at most this factor; at least 1.</summary>
    public double Aspect { get; init; } = 1.15;

    /// <summary>Largest difference of the background's two colours, per channel.</summary>
    public double BackgroundTexture { get; init; } = 0.2;

    /// <summary>Largest difference of the target's two colours, per channel.</summary>
    public double FillTexture { get; init; } = 0.15;
}
