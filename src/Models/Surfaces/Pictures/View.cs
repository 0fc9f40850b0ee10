namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Where a picture is taken from; y is up.</summary>
public sealed record View
{
    /// <summary>What the panel shows: the cube that all shapes lie in, unless set.</summary>
    public BoundingBox Box { get; init; } = BoundingBox.UnitCube;

    /// <summary>1: the whole box is within the panel, up to its corners; more enlarges the middle, for shapes that do not reach the corners.</summary>
    public double Zoom { get; init; } = 1.25;

    /// <summary>From the z axis towards the x axis, degrees.</summary>
    public double AzimuthDegrees { get; init; } = 35;

    /// <summary>Above the horizon, degrees in -90 .. 90.</summary>
    public double ElevationDegrees { get; init; } = 22;
}
