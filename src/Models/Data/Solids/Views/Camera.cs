using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A pinhole camera that looks at the origin, with y up; square images.</summary>
/// <param name="Azimuth">About the vertical, radians: 0 looks from +z, a quarter turn from +x.</param>
/// <param name="Elevation">Above the horizontal plane, radians, within plus or minus pi / 2.</param>
/// <param name="Range">Distance from the origin.</param>
/// <param name="HalfWidth">Half the image's width at distance 1: the tangent of half the field of view.</param>
public readonly record struct Camera(float Azimuth, float Elevation, float Range, float HalfWidth)
{
    /// <summary>Where it stands.</summary>
    public Vector3 Position => -Range * Forward;

    /// <summary>Unit vector of the line of sight.</summary>
    public Vector3 Forward => -new Vector3(
        MathF.Cos(Elevation) * MathF.Sin(Azimuth), MathF.Sin(Elevation), MathF.Cos(Elevation) * MathF.Cos(Azimuth));

    /// <summary>Unit vector along the image's rows.</summary>
    public Vector3 Right => new(MathF.Cos(Azimuth), 0, -MathF.Sin(Azimuth));

    /// <summary>Unit vector against the image's columns.</summary>
    public Vector3 Up => Vector3.Cross(Right, Forward);

    /// <summary>Coordinates in the camera's frame: right, up and depth along the line of sight (0 at the camera, positive in front).</summary>
    public Vector3 ToView(Vector3 point)
    {
        Vector3 offset = point - Position;
        return new Vector3(Vector3.Dot(offset, Right), Vector3.Dot(offset, Up), Vector3.Dot(offset, Forward));
    }

    /// <summary>Where a point appears: u to the right and v downwards, both -1 .. 1 from edge to edge of the image (as grid_sample counts).</summary>
    public Vector2 Project(Vector3 point)
    {
        Vector3 view = ToView(point);
        return new Vector2(view.X, -view.Y) / (view.Z * HalfWidth);
    }

    /// <summary>The ray through image position (u, v), scaled so that its parameter is the depth.</summary>
    public Vector3 Ray(float u, float v) => Forward + (HalfWidth * ((u * Right) - (v * Up)));
}
