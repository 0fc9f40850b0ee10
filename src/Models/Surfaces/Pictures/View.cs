namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Where a picture is taken from; y is up. The box fills the panel.</summary>
public sealed record View
{
    /// <summary>What the panel shows: the cube that all shapes lie in, unless set.</summary>
    public BoundingBox Box { get; init; } = BoundingBox.UnitCube;

    /// <summary>From the z axis towards the x axis, degrees.</summary>
    public double AzimuthDegrees { get; init; } = 35;

    /// <summary>Above the horizon, degrees in -90 .. 90.</summary>
    public double ElevationDegrees { get; init; } = 22;
}
