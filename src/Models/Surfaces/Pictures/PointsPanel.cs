using System.Numerics;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Points as small balls, paler with distance.</summary>
/// <param name="Points">In the view's box.</param>
/// <param name="Colours">One, or one for each point; null is a light blue.</param>
public sealed record PointsPanel(IReadOnlyList<Vector3> Points, IReadOnlyList<Colour>? Colours = null) : Panel
{
    private static readonly Colour Plain = new(0.45, 0.60, 0.85);
    private static readonly Colour Haze = new(1, 1, 1);

    public View View { get; init; } = new();

    /// <summary>Of a ball, in units of length; null: such that all together would cover about half of the box's shadow, within limits.</summary>
    public float? Radius { get; init; }

    internal override byte[] Draw(int width, int height)
    {
        int colours = Colours?.Count ?? 1;
        if (colours != 1 && colours != Points.Count)
        {
            throw new ArgumentException($"Expected 1 or {Points.Count} (points) colours, actual {colours}.");
        }

        var raster = new Raster(width, height);
        var projection = new Projection(View, raster.Width, raster.Height);
        for (int k = 0; k < Points.Count; k++)
        {
            DrawBall(Points[k], Colours is { } given ? given[colours == 1 ? 0 : k] : Plain, projection, raster);
        }

        return raster.ToBytes();
    }

    private void DrawBall(Vector3 place, Colour colour, Projection projection, Raster raster)
    {
        Vector3 middle = projection.Pixel(place);
        if (!(middle.Z > 0) || !float.IsFinite(middle.X + middle.Y + middle.Z))
        {
            return;
        }

        float length = Radius ?? DefaultRadius();
        float radius = Math.Max(1, length * projection.PixelsPerLength * middle.Z);
        Colour seen = colour.Mix(Haze, Math.Clamp(0.15 - (1.1 * (middle.Z - 1)), 0, 0.4));
        for (int row = (int)(middle.Y - radius); row <= middle.Y + radius; row++)
        {
            for (int column = (int)(middle.X - radius); column <= middle.X + radius; column++)
            {
                (float x, float y) = ((column + 0.5f - middle.X) / radius, (middle.Y - row - 0.5f) / radius);
                float depth = 1 - (x * x) - (y * y);
                if (depth >= 0)
                {
                    float toward = MathF.Sqrt(depth);
                    Vector3 normal = projection.FromViewer(new Vector3(x, y, toward));
                    raster.Set(column, row, projection.Nearer(middle.Z, toward * length), projection.Lit(seen, normal));
                }
            }
        }
    }

    private float DefaultRadius() => View.Box.Size.Length() * Math.Clamp(0.4f / MathF.Sqrt(Math.Max(1, Points.Count)), 0.0045f, 0.02f);
}
