using System.Numerics;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>From places in space to pixels, in perspective, and the light in which a surface appears.</summary>
internal sealed class Projection
{
    // The viewer's distance from the middle, in half diagonals of the box: little distortion, but enough to see depth.
    private const float ViewerDistance = 4.5f;
    private const float UsedShare = 0.97f;

    private readonly Vector3 centre;
    private readonly Vector3 right;
    private readonly Vector3 up;
    private readonly Vector3 toward;
    private readonly Vector3 light;
    private readonly float distance;
    private readonly Vector2 middle;

    internal Projection(View view, int width, int height)
    {
        (double sine, double cosine) = Math.SinCos(view.AzimuthDegrees * Math.PI / 180);
        (double rise, double level) = Math.SinCos(view.ElevationDegrees * Math.PI / 180);
        toward = new Vector3((float)(sine * level), (float)rise, (float)(cosine * level));
        right = new Vector3((float)cosine, 0, (float)-sine);
        up = Vector3.Cross(toward, right);
        light = Vector3.Normalize((-0.45f * right) + (0.8f * up) + (0.75f * toward));
        centre = view.Box.Centre;
        distance = Math.Max(view.Box.Size.Length() / 2, 1e-6f) * ViewerDistance;
        middle = new Vector2(width / 2f, height / 2f);
        PixelsPerLength = 1;
        PixelsPerLength = UsedShare * (float)view.Zoom * Corners(view.Box).Select(Pixel).Min(
            corner => Math.Min(middle.X / Math.Max(Math.Abs(corner.X - middle.X), 1e-9f), middle.Y / Math.Max(Math.Abs(corner.Y - middle.Y), 1e-9f)));
    }

    /// <summary>At the middle of the box.</summary>
    internal float PixelsPerLength { get; }

    /// <summary>Column and row in pixels, y down, and nearness: above zero in front of the viewer, 1 at the middle, larger nearer.</summary>
    internal Vector3 Pixel(Vector3 place)
    {
        Vector3 offset = place - centre;
        float nearness = distance / (distance - Vector3.Dot(offset, toward));
        float scale = PixelsPerLength * nearness;
        return new Vector3(middle.X + (scale * Vector3.Dot(offset, right)), middle.Y - (scale * Vector3.Dot(offset, up)), nearness);
    }

    /// <summary>The nearness of a place <paramref name="length"/> nearer to the viewer.</summary>
    internal float Nearer(float nearness, float length) => distance / ((distance / nearness) - length);

    /// <summary>A direction given along the picture's right, its up and towards the viewer.</summary>
    internal Vector3 FromViewer(Vector3 direction) => (direction.X * right) + (direction.Y * up) + (direction.Z * toward);

    /// <summary>Whether a triangle with this normal at this place shows its outer side.</summary>
    internal bool IsFront(Vector3 normal, Vector3 place) => Vector3.Dot(normal, centre + (distance * toward) - place) > 0;

    /// <summary>A matt surface in the light of a lamp above the viewer's left shoulder and of a bright sky.</summary>
    /// <param name="colour">The surface's.</param>
    /// <param name="normal">Unit vector on the viewer's side.</param>
    internal Vector3 Lit(Colour colour, Vector3 normal)
    {
        float brightness = 0.40f + (0.12f * normal.Y) + (0.58f * Math.Max(0, Vector3.Dot(normal, light)));
        return Vector3.Min(brightness * new Vector3((float)colour.Red, (float)colour.Green, (float)colour.Blue), Vector3.One);
    }

    private static IEnumerable<Vector3> Corners(BoundingBox box) => Enumerable.Range(0, 8).Select(
        corner => box.Low + (box.Size * new Vector3(corner & 1, corner >> 1 & 1, corner >> 2)));
}
