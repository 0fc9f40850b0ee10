using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Surfaces.Pictures;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>Draws what a refinement network makes of some pictures: a row each of the picture, the mesh as the camera sees it and from the side, and the truth.</summary>
internal static class MeshRefinementPictures
{
    private const double SideDegrees = 70;

    private static readonly View Front = new() { AzimuthDegrees = 0, ElevationDegrees = 0 };
    private static readonly View Side = new() { AzimuthDegrees = SideDegrees, ElevationDegrees = 0 };

    /// <param name="shown">Pictures and their meshes.</param>
    /// <param name="imageSize">Pixels along an image's side.</param>
    internal static LearningPicture Of(IEnumerable<(MeshView View, TriangleMesh Mesh)> shown, int imageSize)
    {
        var picture = Picture.Of([.. shown.Select(each => Row(each.View, each.Mesh, imageSize))]);
        using var stream = new MemoryStream();
        picture.WritePng(stream);
        return new("meshes", "test pictures, the meshes made of them from the front and from the side, and points of the true surfaces from the side", stream.ToArray());
    }

    private static IReadOnlyList<Panel> Row(MeshView view, TriangleMesh mesh, int imageSize) =>
    [
        new ImagePanel(view.Image, imageSize, imageSize) { Caption = "picture" },
        new MeshPanel(mesh) { View = Front, Caption = "mesh" },
        new MeshPanel(mesh) { View = Side, Caption = "mesh, side" },
        new PointsPanel(view.Points) { View = Side, Caption = "truth, side" },
    ];
}
