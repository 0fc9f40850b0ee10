using System.Numerics;
using Bitcurve.Models.Networks.Meshes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Meshes;

public class RegionAlignTests
{
    private static readonly ViewCamera Camera = new(Distance: 2, Focal: 2.5f);

    [Fact]
    public void Boxes_OfARamp_AreTheRampAtTheCells()
    {
        using var scope = NewDisposeScope();

        // 8x8 with the column's image coordinate in channel 0 and the row's in channel 1: linear, so that reading between positions is exact.
        var coordinates = Enumerable.Range(0, 8).Select(k => ((2f * k) + 1) / 8 - 1).ToArray();
        var map = tensor([.. Enumerable.Range(0, 64).Select(p => coordinates[p % 8]), .. Enumerable.Range(0, 64).Select(p => coordinates[p / 8])], [1, 2, 8, 8]);

        var cells = RegionAlign.Boxes(map, [new(-0.5f, 0, 0.5f, 0.8f)], 2).contiguous().data<float>().ToArray();

        float[] expected = [-0.25f, 0.25f, -0.25f, 0.25f, 0.2f, 0.2f, 0.6f, 0.6f];
        Assert.All(cells.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Vertices_ReadTheMapWhereTheCameraSeesThem()
    {
        using var scope = NewDisposeScope();
        var box = new ImageBox(-0.4f, -0.6f, 0.6f, 0.4f);
        var coordinates = Enumerable.Range(0, 10).Select(k => (k + 0.5f) / 10).ToArray(); // of the box, 0 to 1
        var map = tensor([.. Enumerable.Range(0, 100).Select(p => coordinates[p % 10]), .. Enumerable.Range(0, 100).Select(p => coordinates[p / 10])], [1, 2, 10, 10]);
        Vector3[] vertices = [new(0, 0, 0), new(0.1f, 0.2f, 0.3f), new(-0.1f, -0.1f, -0.4f)];

        var read = RegionAlign.Vertices(map, [box], tensor([.. vertices.SelectMany(v => new[] { v.X, v.Y, v.Z })], [3, 1, 3]), Camera).data<float>().ToArray();

        for (var v = 0; v < vertices.Length; v++)
        {
            var seen = Camera.Project(vertices[v]);
            Assert.Equal((seen.X - box.Left) / (box.Right - box.Left), read[2 * v], 1e-5f);
            Assert.Equal((seen.Y - box.Top) / (box.Bottom - box.Top), read[(2 * v) + 1], 1e-5f);
        }

        Assert.True(Vector2.Distance(new Vector2(0.1f, -0.2f) * 2.5f / 1.7f, Camera.Project(vertices[1])) < 1e-6);
    }

    [Fact]
    public void Around_IsTheEdgesOfTheCoveredPixels()
    {
        bool[] covered = new bool[16];
        covered[5] = covered[6] = covered[10] = true; // rows 1 and 2, columns 1 and 2

        Assert.Equal(new ImageBox(-0.5f, -0.5f, 0.5f, 0.5f), ImageBox.Around(covered, 4));
        Assert.Equal(new ImageBox(-1, -1, 1, 1), ImageBox.Around(new bool[16], 4));
    }
}
