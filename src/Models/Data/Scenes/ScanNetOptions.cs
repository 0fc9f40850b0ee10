namespace Bitcurve.Models.Data.Scenes;

/// <summary>How many points to take of a scan; defaults as in thesis 6.4.</summary>
public sealed record ScanNetOptions
{
    /// <summary>Input points.</summary>
    public int PointCount { get; init; } = 10_240;

    /// <summary>Queries.</summary>
    public int QueryCount { get; init; } = 100_000;

    /// <summary>Points of the surface that stand for it: distances are measured to the nearest.</summary>
    public int SurfaceCount { get; init; } = 100_000;
}
