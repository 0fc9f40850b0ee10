using System.Numerics;
using Bitcurve.Models.Surfaces.Pictures;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>Scenes to look at: what goes in, what is true, and what the network makes of it.</summary>
internal static class ScenePictures
{
    // Steep enough to look over the nearest wall.
    private static readonly View FromAbove = new() { ElevationDegrees = 50 };

    /// <summary>A row for each scene: input points, the true surface and the reconstructed one, coloured by class.</summary>
    internal static LearningPicture Of(IEnumerable<(PreparedScene Scene, SceneReconstruction Reconstruction)> scenes)
    {
        var rows = scenes.Select(row => (IReadOnlyList<Panel>)
        [
            Points(row.Scene.Scene.Points, [], "input"),
            Points(row.Scene.Surface, row.Scene.SurfaceLabels, "truth"),
            Points(row.Reconstruction.Points, row.Reconstruction.Labels, "network"),
        ]).ToList();
        using var stream = new MemoryStream();
        Picture.Of(rows).WritePng(stream);
        return new("scenes", "Scenes of the test split: input points, true surface, reconstruction; colours are classes", stream.ToArray());
    }

    private static PointsPanel Points(Vector3[] points, int[] labels, string caption) =>
        new(points, labels.Length == 0 ? null : [.. labels.Select(label => Palette.Of(Math.Max(0, label)))]) { Caption = caption, View = FromAbove };
}
