namespace Bitcurve.Models.Data.Solids;

/// <summary>Which views to draw.</summary>
/// <remarks>
/// The camera's azimuth turns the image but not the voxels. Viewer-centred data have MaximumAzimuth = 0 and a large turn in Variation.
/// </remarks>
public sealed record ViewsOptions : GeneratedOptions
{
    /// <summary>The image size and resolution of Choy et al. (2016): 137 x 137 pixels, 32^3 voxels.</summary>
    public static ViewsOptions Full { get; } = new()
    {
        TrainCount = 2000,
        ValidationCount = 200,
        TestCount = 400,
        ImageSize = 137,
        Resolution = 32,
        SurfaceCount = 2048,
        MaximumAzimuth = MathF.PI,
    };

    public static ViewsOptions Small { get; } =
        new() { TrainCount = 1000, ValidationCount = 150, TestCount = 250, ImageSize = 48, Resolution = 16, SurfaceCount = 600 };

    /// <summary>S: pixels along each side.</summary>
    public int ImageSize { get; init; } = 48;

    /// <summary>Voxels along each axis.</summary>
    public int Resolution { get; init; } = 16;

    /// <summary>Voxels within this of the shape, in voxels, are occupied.</summary>
    public float Margin { get; init; } = 0.25f;

    /// <summary>N: points on the surface.</summary>
    public int SurfaceCount { get; init; } = 600;

    /// <summary>The camera's azimuth is uniform in plus or minus this; radians.</summary>
    public float MaximumAzimuth { get; init; } = 0.5f;

    /// <summary>Radians.</summary>
    public float SmallestElevation { get; init; } = 0.2f;

    /// <summary>Radians.</summary>
    public float LargestElevation { get; init; } = 0.7f;

    /// <summary>Standard deviation of the pixels' noise, on the scale 0 .. 1.</summary>
    public float Noise { get; init; } = 0.02f;

    public ShapeVariation Variation { get; init; } = new() { MaximumTurn = 0.3f };

    internal override void Validate()
    {
        base.Validate();
        RequirePositive((ImageSize, nameof(ImageSize)), (Resolution, nameof(Resolution)), (SurfaceCount, nameof(SurfaceCount)));
        Variation.Validate();
        if (!(MaximumAzimuth >= 0) || !(SmallestElevation <= LargestElevation) || !(Noise >= 0))
        {
            throw new ArgumentException(
                $"Expected {nameof(MaximumAzimuth)} and {nameof(Noise)} of at least 0 and ordered elevations, actual {MaximumAzimuth}, {Noise}, "
                + $"{SmallestElevation} .. {LargestElevation}.");
        }
    }
}
