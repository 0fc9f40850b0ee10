using System.Numerics;
using Bitcurve.Models.Data.Rendering;
using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Surfaces.Pictures;

namespace Bitcurve.Models.Tests.Surfaces.Pictures;

public class PictureTests
{
    private const int Gap = 12;
    private static readonly Colour Red = new(1, 0, 0);
    private static readonly Colour Blue = new(0, 0, 1);
    private static readonly View Front = new() { AzimuthDegrees = 0, ElevationDegrees = 0 };

    [Fact]
    public void WritePng_Rows_HaveTheirSizeAndCaptions()
    {
        var panel = new ImagePanel(new byte[16], 4, 4);
        DecodedPng bare = DecodedPng.Of(Picture.Of([[panel, panel], [panel]], 64));
        DecodedPng named = DecodedPng.Of(Picture.Of([[panel with { Caption = "a" }, panel], [panel]], 64));

        Assert.Equal((Gap + (2 * 76), Gap + (2 * 76)), (bare.Width, bare.Height));
        Assert.Equal((bare.Width, bare.Height + 20), (named.Width, named.Height));
        Assert.Equal((0, 0, 0), bare.At(Gap, Gap));
        Assert.Equal((255, 255, 255), bare.At(Gap + 80, Gap + 80));

        // The letter a has 14 dots of 2 x 2 pixels.
        Assert.Equal(14 * 4, named.Count(pixel => pixel == (40, 40, 40)));
        Assert.Throws<ArgumentException>(() => Picture.Of([[]]));
    }

    [Fact]
    public void WritePng_SamePanels_GivesSameBytes()
    {
        Picture picture = Picture.Of([[new MeshPanel(SampledField.Mesh(12, SampledField.Torus)) { Caption = "torus" }]], 96);
        Assert.Equal(DecodedPng.Of(picture).Pixels, DecodedPng.Of(picture).Pixels);
    }

    [Fact]
    public void MeshPanel_NearerSurface_HidesTheOtherOne()
    {
        // Two squares across the view, the red one nearer, in either order; seen from behind both show their inner side.
        Vector3[] vertices = [.. Square(0.3f), .. Square(-0.3f)];
        Triangle[] triangles = [new(0, 1, 2), new(0, 2, 3), new(4, 5, 6), new(4, 6, 7)];
        Colour[] colours = [Red, Red, Blue, Blue];
        foreach (int[] order in new int[][] { [0, 1, 2, 3], [3, 2, 1, 0] })
        {
            var mesh = new TriangleMesh(vertices, [.. order.Select(k => triangles[k])]);
            DecodedPng picture = DecodedPng.Of(Picture.Of([[new MeshPanel(mesh, [.. order.Select(k => colours[k])]) { View = Front }]], 64));
            (byte red, byte green, byte blue) = picture.At(Gap + 32, Gap + 32);
            Assert.True(red > 150 && green == 0 && blue == 0);
        }

        View behind = Front with { AzimuthDegrees = 180 };
        DecodedPng inner = DecodedPng.Of(Picture.Of([[new MeshPanel(new TriangleMesh(vertices, triangles), colours) { View = behind }]], 64));
        Assert.True(inner.At(Gap + 32, Gap + 32) is { Green: > 20, Blue: > 20 } and var pixel && pixel.Red > pixel.Green);
    }

    [Fact]
    public void MeshPanel_VertexColours_AreBlended()
    {
        var mesh = new TriangleMesh(Square(0), [new(0, 1, 2), new(0, 2, 3)]);
        DecodedPng picture = DecodedPng.Of(Picture.Of([[new MeshPanel(mesh, [Red, Blue, Blue, Red]) { View = Front }]], 64));

        (byte red, _, byte blue) = picture.At(Gap + 32, Gap + 32);
        Assert.InRange(red - blue, -8, 8);
        Assert.True(picture.At(Gap + 22, Gap + 32).Red > picture.At(Gap + 42, Gap + 32).Red + 40);
        var wrong = Picture.Of([[new MeshPanel(mesh, [Red, Red, Red])]]);
        Assert.Contains("Expected 1, 2 (triangles) or 4 (vertices) colours, actual 3", Assert.Throws<ArgumentException>(() => wrong.WritePng(Stream.Null)).Message);
    }

    [Fact]
    public void PointsPanel_OnePoint_IsADiscAtItsPlace()
    {
        var panel = new PointsPanel([new Vector3(0.25f, 0.25f, 0)], [Blue]) { View = Front, Radius = 0.05f };
        DecodedPng picture = DecodedPng.Of(Picture.Of([[panel]], 100));

        bool Coloured(int x, int y) => picture.At(Gap + x, Gap + y) is { Blue: var b, Red: var r } && b > r + 30;
        // The front face of the cube, nearer than its middle, fills 97 of 100 pixels: 1 is somewhat less than 97 pixels.
        (double x, double y, int count) = (0, 0, 0);
        for (int k = 0; k < 10_000; k++)
        {
            if (Coloured(k % 100, k / 100))
            {
                (x, y, count) = (x + (k % 100), y + (k / 100), count + 1);
            }
        }

        Assert.InRange(x / count, 66, 74);
        Assert.InRange(y / count, 26, 34);
        Assert.InRange(count, 35, 85);
    }

    [Fact]
    public void VoxelsPanel_OneVoxel_IsWhereItIs()
    {
        byte[] grid = new byte[8];
        grid[0b011] = 1; // z 0, y 1, x 1: right and above
        DecodedPng picture = DecodedPng.Of(Picture.Of([[new VoxelsPanel(grid, 2) { View = Front }]], 100));

        Assert.NotEqual((255, 255, 255), picture.At(Gap + 65, Gap + 35));
        Assert.Equal((255, 255, 255), picture.At(Gap + 35, Gap + 35));
        Assert.Equal((255, 255, 255), picture.At(Gap + 65, Gap + 65));
        Assert.Equal([0, 1, 1], VoxelsPanel.Occupied([0.2f, 0.3f, 0.9f], 0.3f));
    }

    [Fact]
    public void ImagePanel_Frames_AreInReadingOrder()
    {
        // Two frames of one pixel: red, then blue; planes of 2 pixels each.
        var panel = new ImagePanel([200, 0, 0, 0, 0, 100], 1, 1, Frames: 2, Columns: 2);
        DecodedPng picture = DecodedPng.Of(Picture.Of([[panel]], 64));

        Assert.Equal(Gap + (2 * 76), picture.Width);
        Assert.Equal((200, 0, 0), picture.At(Gap + 30, Gap + 32));
        Assert.Equal((0, 0, 100), picture.At(Gap + 110, Gap + 32));
    }

    private static Vector3[] Square(float z) => [new(-0.3f, -0.3f, z), new(0.3f, -0.3f, z), new(0.3f, 0.3f, z), new(-0.3f, 0.3f, z)];
}
