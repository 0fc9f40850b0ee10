namespace Bitcurve.Models.Data.Solids;

/// <summary>Which shapes with parts to draw. ShapeNet's shapes are aligned, so these are turned by little.</summary>
public sealed record PartsOptions : GeneratedOptions
{
    /// <summary>Enough points to draw 300 and 2,048 of them anew in every epoch.</summary>
    public static PartsOptions Full { get; } =
        new() { TrainCount = 2000, ValidationCount = 200, TestCount = 400, SurfaceCount = 2048, QueryCount = 4096 };

    public static PartsOptions Small { get; } =
        new() { TrainCount = 800, ValidationCount = 100, TestCount = 200, SurfaceCount = 600, QueryCount = 1024 };

    /// <summary>N: points on the surface.</summary>
    public int SurfaceCount { get; init; } = 600;

    /// <summary>M: query points.</summary>
    public int QueryCount { get; init; } = 1024;

    /// <summary>Share of the queries that is uniform in the cube; the others lie around the surface.</summary>
    public float UniformShare { get; init; } = 0.5f;

    /// <summary>Standard deviation of the others' offset per axis.</summary>
    public float QueryDeviation { get; init; } = 0.03f;

    public ShapeVariation Variation { get; init; } = new() { MaximumTurn = 0.3f };

    internal override void Validate()
    {
        base.Validate();
        RequirePositive((SurfaceCount, nameof(SurfaceCount)), (QueryCount, nameof(QueryCount)));
        Variation.Validate();
        if (UniformShare is not (>= 0 and <= 1) || !(QueryDeviation >= 0))
        {
            throw new ArgumentException(
                $"Expected {nameof(UniformShare)} in 0 .. 1 and {nameof(QueryDeviation)} of at least 0, actual {UniformShare}, {QueryDeviation}.");
        }
    }
}
