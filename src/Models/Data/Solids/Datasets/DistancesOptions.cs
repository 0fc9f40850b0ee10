namespace Bitcurve.Models.Data.Solids;

/// <summary>Which surfaces to draw.</summary>
public sealed record DistancesOptions : GeneratedOptions
{
    /// <summary>The input of Chibane et al. (2020): 10,000 points in 256^3 voxels.</summary>
    public static DistancesOptions Full { get; } = new()
    {
        TrainCount = 400,
        ValidationCount = 40,
        TestCount = 80,
        Resolution = 256,
        InputCount = 10_000,
        QueryCount = 10_000,
        SurfaceCount = 10_000,
    };

    public static DistancesOptions Small { get; } =
        new() { TrainCount = 400, ValidationCount = 40, TestCount = 60, Resolution = 32, InputCount = 600, QueryCount = 1024, SurfaceCount = 1500 };

    /// <summary>Voxels of the input along each axis.</summary>
    public int Resolution { get; init; } = 32;

    /// <summary>Surface points in the input.</summary>
    public int InputCount { get; init; } = 600;

    /// <summary>M: query points.</summary>
    public int QueryCount { get; init; } = 1024;

    /// <summary>N: surface points that reconstructions are compared with.</summary>
    public int SurfaceCount { get; init; } = 1500;

    public ShapeVariation Variation { get; init; } = new();

    internal override void Validate()
    {
        base.Validate();
        RequirePositive(
            (Resolution, nameof(Resolution)), (InputCount, nameof(InputCount)), (QueryCount, nameof(QueryCount)), (SurfaceCount, nameof(SurfaceCount)));
        Variation.Validate();
    }
}
