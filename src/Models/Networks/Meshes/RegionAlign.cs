using TorchSharp;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>Reads feature maps between their positions: in the cells of a box (RoIAlign, He et al. 2017), and under vertices (VertAlign).</summary>
public static class RegionAlign
{
    // Places per axis in each cell, whose mean is the cell's value: RoIAlign's usual choice.
    private const int SamplesPerAxis = 2;

    /// <summary>A box of each image as size x size cells.</summary>
    /// <param name="features">B x C x H x W, the whole image.</param>
    /// <param name="boxes">One per image.</param>
    /// <param name="size">Cells per axis.</param>
    /// <returns>B x C x size x size, channels innermost in memory.</returns>
    public static Tensor Boxes(Tensor features, IReadOnlyList<ImageBox> boxes, int size)
    {
        using var scope = NewDisposeScope();
        var places = size * SamplesPerAxis;
        var grid = new float[boxes.Count * places * places * 2];
        for (var (b, at) = (0, 0); b < boxes.Count; b++)
        {
            var box = boxes[b];
            for (var cell = 0; cell < places * places; cell++, at += 2)
            {
                grid[at] = box.Left + ((box.Right - box.Left) * ((cell % places) + 0.5f) / places);
                grid[at + 1] = box.Top + ((box.Bottom - box.Top) * ((cell / places) + 0.5f) / places);
            }
        }

        var read = Read(features, tensor(grid, [boxes.Count, places, places, 2], device: features.device));
        var cells = read.view(boxes.Count, features.shape[1], size, SamplesPerAxis, size, SamplesPerAxis).mean([3, 5]); // B x C x size x size
        return cells.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The features where vertices are seen.</summary>
    /// <param name="region">B x C x size x size: a box of each image.</param>
    /// <param name="boxes">Those boxes.</param>
    /// <param name="vertices">V x B x 3.</param>
    /// <param name="camera">Sees them.</param>
    /// <returns>V x B x C; beyond the box the features of its edge.</returns>
    public static Tensor Vertices(Tensor region, IReadOnlyList<ImageBox> boxes, Tensor vertices, ViewCamera camera)
    {
        using var scope = NewDisposeScope();
        var scale = ((vertices.narrow(2, 2, 1) * -1) + camera.Distance).reciprocal() * camera.Focal; // V x B x 1
        var image = vertices.narrow(2, 0, 2) * scale * tensor([1f, -1f], device: vertices.device); // V x B x 2

        // From image coordinates to the box's own, -1 to 1.
        var stretch = tensor([.. boxes.SelectMany(box => new[] { 2 / (box.Right - box.Left), 2 / (box.Bottom - box.Top) })], [boxes.Count, 2], device: vertices.device);
        var centre = tensor([.. boxes.SelectMany(box => new[] { (box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2 })], [boxes.Count, 2], device: vertices.device);
        var grid = ((image - centre) * stretch).permute(1, 0, 2).unsqueeze(2); // B x V x 1 x 2
        return Read(region, grid).squeeze(3).permute(2, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Read(Tensor features, Tensor grid) =>
        nn.functional.grid_sample(features, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
}
