namespace Bitcurve.Models.Data.Solids;

/// <summary>Which rooms to draw.</summary>
public sealed record RoomsOptions : GeneratedOptions
{
    /// <summary>The point counts of the thesis (ch. 6, section 4.2).</summary>
    public static RoomsOptions Full { get; } = new()
    {
        TrainCount = 200,
        ValidationCount = 30,
        TestCount = 60,
        PointCount = 10_240,
        QueryCount = 50_000,
        SurfaceCount = 20_000,
    };

    public static RoomsOptions Small { get; } = new()
    {
        TrainCount = 160,
        ValidationCount = 24,
        TestCount = 40,
        PointCount = 1024,
        QueryCount = 2048,
        SurfaceCount = 2048,
    };

    public RoomStyle Style { get; init; }

    /// <summary>N: the encoder's points.</summary>
    public int PointCount { get; init; } = 1024;

    /// <summary>Standard deviation of the encoder's points per axis.</summary>
    public float PointNoise { get; init; } = 0.003f;

    /// <summary>M: query points.</summary>
    public int QueryCount { get; init; } = 2048;

    /// <summary>K: surface points for evaluation.</summary>
    public int SurfaceCount { get; init; } = 2048;

    internal override void Validate()
    {
        base.Validate();
        RequirePositive((PointCount, nameof(PointCount)), (QueryCount, nameof(QueryCount)), (SurfaceCount, nameof(SurfaceCount)));
        if (!Enum.IsDefined(Style) || !(PointNoise >= 0))
        {
            throw new ArgumentException($"Expected a room style and {nameof(PointNoise)} of at least 0, actual {Style}, {PointNoise}.");
        }
    }
}
