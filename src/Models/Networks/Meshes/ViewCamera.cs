using System.Numerics;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>
/// A pinhole camera on the z axis that looks at the origin: x to the right, y up, z towards the camera. Image coordinates are -1 at the left and upper
/// edge and 1 at the right and lower one.
/// </summary>
/// <param name="Distance">From the origin, above the shapes' extent.</param>
/// <param name="Focal">Image coordinate of a point at unit slope; 1 / tan of half the field of view.</param>
public readonly record struct ViewCamera(float Distance, float Focal)
{
    /// <summary>Half the extent, at the origin, of what the image shows.</summary>
    public float HalfExtent => Distance / Focal;

    /// <summary>Image coordinates of a point.</summary>
    public Vector2 Project(Vector3 point) => new Vector2(point.X, -point.Y) * (Focal / (Distance - point.Z));
}

/// <summary>A rectangle in image coordinates: left and upper edge below right and lower one.</summary>
public readonly record struct ImageBox(float Left, float Top, float Right, float Bottom)
{
    /// <summary>The least box around what covers an image.</summary>
    /// <param name="covered">Size x size, row by row from the top.</param>
    /// <param name="size">Pixels along an axis.</param>
    /// <returns>Along the outer edges of the covered pixels; the whole image where nothing is covered.</returns>
    public static ImageBox Around(ReadOnlySpan<bool> covered, int size)
    {
        var (left, top, right, bottom) = (size, size, -1, -1);
        for (var pixel = 0; pixel < covered.Length; pixel++)
        {
            if (covered[pixel])
            {
                var (y, x) = (pixel / size, pixel % size);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return right < 0 ? new(-1, -1, 1, 1) : new(Coordinate(left), Coordinate(top), Coordinate(right + 1), Coordinate(bottom + 1));

        float Coordinate(int edge) => (2f * edge / size) - 1;
    }
}
