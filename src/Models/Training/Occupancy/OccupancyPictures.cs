using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces.Pictures;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>Reconstructed surfaces below the true points, in the colours of the parts where they are told (thesis ch. 5, Fig. 3).</summary>
internal static class OccupancyPictures
{
    private const int Shapes = 6;

    internal static LearningPicture Of(OccupancyEvaluation evaluation, OccupancyData data)
    {
        var test = data[Split.Test];
        var count = Math.Min(Shapes, test.Count);
        List<Panel> truth = [];
        List<Panel> told = [];
        var tellsParts = false;
        foreach (var index in Enumerable.Range(0, count).Select(k => (int)((long)k * test.Count / count)))
        {
            var shape = test[index];
            var (mesh, labels) = evaluation.Mesh(Split.Test, index);
            truth.Add(new PointsPanel(Points(shape), shape.SurfaceParts.Length > 0 ? [.. shape.SurfaceParts.Select(label => Palette.Of(label))] : null)
            {
                Caption = $"true {data.Categories[shape.Category]}",
            });
            tellsParts |= labels is { Length: > 0 };
            told.Add(new MeshPanel(mesh, labels is { Length: > 0 } ? Palette.Of(labels) : null) { Caption = "reconstruction" });
        }

        using var stream = new MemoryStream();
        Picture.Of([truth, told]).WritePng(stream);
        var text = $"Points of test shapes and below them their reconstructed surfaces{(tellsParts ? ", in the colours of the parts told" : "")}";
        return new("reconstructions", text, stream.ToArray());
    }

    private static Vector3[] Points(OccupancyShape shape) =>
        [.. Enumerable.Range(0, shape.SurfaceCount).Select(k => new Vector3(shape.Surface.AsSpan(3 * k, 3)))];
}
