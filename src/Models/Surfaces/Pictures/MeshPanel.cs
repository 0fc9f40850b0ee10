using System.Numerics;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>A surface in flat shading; the inner side of triangles, seen through holes, is reddish and darker.</summary>
/// <param name="Mesh">In the view's box.</param>
/// <param name="Colours">One, or one for each triangle, or one for each vertex (blended across triangles); null is a light blue.</param>
public sealed record MeshPanel(TriangleMesh Mesh, IReadOnlyList<Colour>? Colours = null) : Panel
{
    private static readonly Colour Plain = new(0.55, 0.68, 0.86);
    private static readonly Colour Within = new(0.55, 0.30, 0.27);

    public View View { get; init; } = new();

    internal override byte[] Draw(int width, int height)
    {
        var raster = new Raster(width, height);
        var projection = new Projection(View, raster.Width, raster.Height);
        Func<int, Vector3, Colour> colourOf = Choose();
        Vector3[] pixels = Array.ConvertAll(Mesh.Vertices, projection.Pixel);
        for (int k = 0; k < Mesh.Triangles.Length; k++)
        {
            int number = k;
            (int a, int b, int c) = Mesh.Triangles[k];
            Vector3 normal = Mesh.TriangleNormal(k);
            bool isFront = projection.IsFront(normal, Mesh.Vertices[a]);
            raster.Fill(
                pixels[a], pixels[b], pixels[c],
                weights => isFront ? projection.Lit(colourOf(number, weights), normal) : projection.Lit(Within, -normal));
        }

        return raster.ToBytes();
    }

    // The colour of triangle k at weights of its corners.
    private Func<int, Vector3, Colour> Choose()
    {
        if (Colours is not { } colours)
        {
            return (_, _) => Plain;
        }

        if (colours.Count == Mesh.Triangles.Length)
        {
            return (k, _) => colours[k];
        }

        if (colours.Count == Mesh.Vertices.Length)
        {
            return (k, weights) => Blend(weights, colours[Mesh.Triangles[k].A], colours[Mesh.Triangles[k].B], colours[Mesh.Triangles[k].C]);
        }

        return colours.Count == 1
            ? (_, _) => colours[0]
            : throw new ArgumentException(
                $"Expected 1, {Mesh.Triangles.Length} (triangles) or {Mesh.Vertices.Length} (vertices) colours, actual {colours.Count}.");
    }

    private static Colour Blend(Vector3 weights, Colour a, Colour b, Colour c) => new(
        (weights.X * a.Red) + (weights.Y * b.Red) + (weights.Z * c.Red),
        (weights.X * a.Green) + (weights.Y * b.Green) + (weights.Z * c.Green),
        (weights.X * a.Blue) + (weights.Y * b.Blue) + (weights.Z * c.Blue));
}
