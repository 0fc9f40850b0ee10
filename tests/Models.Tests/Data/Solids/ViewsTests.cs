using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Solids;

public sealed class ViewsTests
{
    private static Camera Front { get; } = new(0, 0, 2, 0.5f);

    [Theory]
    // From +z the image spans -1 .. 1 at the origin.
    [InlineData(0, 0, 0, 0, 0, 2)]
    [InlineData(0.5f, 0, 0, 0.5f, 0, 2)]
    [InlineData(0, 0.5f, 0, 0, -0.5f, 2)]
    [InlineData(0.25f, 0, 1, 0.5f, 0, 1)]
    public void Project_CameraInFront_IsAPinhole(float x, float y, float z, float u, float v, float depth)
    {
        var point = new Vector3(x, y, z);

        Assert.Equal(u, Front.Project(point).X, 1e-6f);
        Assert.Equal(v, Front.Project(point).Y, 1e-6f);
        Assert.Equal(depth, Front.ToView(point).Z, 1e-6f);
    }

    [Fact]
    public void Axes_AnyCamera_AreARightHandedFrame()
    {
        var camera = new Camera(0.7f, 0.4f, 2, 0.3f);

        Assert.Equal(0, Vector3.Dot(camera.Right, camera.Forward), 1e-6f);
        Assert.Equal(1, camera.Up.Length(), 1e-6f);
        Assert.True(camera.Up.Y > 0 && camera.Position.Y > 0 && camera.Position.X > 0);
        Vector3 point = camera.Position + (1.7f * camera.Ray(0.3f, -0.6f));
        Assert.Equal(0.3f, camera.Project(point).X, 1e-5f);
        Assert.Equal(-0.6f, camera.Project(point).Y, 1e-5f);
        Assert.Equal(1.7f, camera.ToView(point).Z, 1e-5f);
    }

    [Fact]
    public void Render_Ball_HasTheDepthAndNormalsOfABall()
    {
        var ball = new PartedShape([new ShapePart(new Sphere(Vector3.Zero, 0.4f), 0)], 0);
        DepthImage image = DepthImage.Render(ball, Front, 33);

        int middle = (16 * 33) + 16;
        Assert.Equal(1.6f, image.Depth[middle], 1e-3f);
        Assert.Equal(0, Vector3.Distance(Vector3.UnitZ, image.Normals[middle]), 1e-2f);
        // The silhouette's half angle: sin = 0.4 / 2, so its radius in the image is tan / 0.5 = 0.4082.
        int covered = image.Parts.Count(part => part == 0);
        Assert.Equal(Math.PI * Math.Pow(0.40825 * 33 / 2, 2), covered, 10.0);
        Assert.All(Enumerable.Range(0, 33 * 33), pixel => Assert.Equal(image.Parts[pixel] < 0, image.Depth[pixel] == 0));
    }

    [Fact]
    public void Render_TwoBalls_ShowsTheNearerOne()
    {
        var pair = new PartedShape(
            [new ShapePart(new Sphere(Vector3.Zero, 0.3f), 0), new ShapePart(new Sphere(new Vector3(0, 0, 0.4f), 0.05f), 1)], 0);
        DepthImage image = DepthImage.Render(pair, Front, 33);

        Assert.Equal(1, image.Parts[(16 * 33) + 16]);
        Assert.Equal(0, image.Parts[(16 * 33) + 20]);
    }

    [Fact]
    public void Render_AnyShape_DepthsLieOnItsSurface()
    {
        for (int category = 0; category < 10; category++)
        {
            PartedShape shape = ShapeFamilies.Draw(category, new KeyedRandom(1, category));
            var camera = new Camera(0.6f, 0.5f, 2, 0.33f);
            DepthImage image = DepthImage.Render(shape, camera, 24);
            for (int pixel = 0; pixel < 24 * 24; pixel++)
            {
                if (image.Parts[pixel] >= 0)
                {
                    Vector3 ray = camera.Ray(DepthImage.Middle(pixel % 24, 24), DepthImage.Middle(pixel / 24, 24));
                    Assert.InRange(shape.Distance(camera.Position + (image.Depth[pixel] * ray)), -1e-3f, 1e-3f);
                }
            }
        }
    }

    [Fact]
    public void Load_Silhouettes_AreTheProjectionOfTheVoxels()
    {
        var options = ViewsOptions.Small with { Seed = 3, TrainCount = 10, ValidationCount = 1, TestCount = 1, Resolution = 48, Margin = 0.5f, Noise = 0 };
        foreach (ViewsSample sample in ViewsDataset.Load(options).Train)
        {
            bool[] projected = Projection(sample, 48, 48);
            bool[] seen = [.. sample.Depth.Select(depth => depth > 0)];
            int both = Enumerable.Range(0, seen.Length).Count(pixel => seen[pixel] && projected[pixel]);
            int either = Enumerable.Range(0, seen.Length).Count(pixel => seen[pixel] || projected[pixel]);

            // Voxels are about as large as pixels: outlines differ by one at most.
            Assert.InRange(both / (double)seen.Count(value => value), 0.9, 1);
            Assert.InRange(both / (double)either, 0.5, 1);
        }
    }

    [Fact]
    public void Load_SurfacePoints_AreInFrontOfTheirPixels()
    {
        var options = ViewsOptions.Small with { Seed = 4, TrainCount = 10, ValidationCount = 1, TestCount = 1 };
        foreach (ViewsSample sample in ViewsDataset.Load(options).Train)
        {
            int hits = 0;
            int inside = 0;
            for (int start = 0; start < sample.Surface.Length; start += 3)
            {
                var point = new Vector3(sample.Surface.AsSpan(start, 3));
                Vector2 place = sample.Camera.Project(point);
                if (MathF.Max(MathF.Abs(place.X), MathF.Abs(place.Y)) < 1)
                {
                    inside++;
                    hits += sample.Depth[((int)((place.Y + 1) * 24) * 48) + (int)((place.X + 1) * 24)] > 0 ? 1 : 0;
                }
            }

            // Points of the outline may fall into pixels whose middle is background; thin parts have many of them.
            Assert.InRange(inside, 0.9 * sample.Surface.Length / 3, sample.Surface.Length / 3);
            Assert.InRange(hits, 0.75 * inside, inside);
        }
    }

    [Fact]
    public void Load_NoNoise_BackgroundIsPlain()
    {
        var options = ViewsOptions.Small with { Seed = 5, TrainCount = 1, ValidationCount = 1, TestCount = 1, Noise = 0 };
        ViewsSample sample = ViewsDataset.Load(options).Train[0];

        Assert.Single(Enumerable.Range(0, 48 * 48).Where(pixel => sample.Depth[pixel] == 0).Select(pixel => sample.Image[pixel]).Distinct());
    }

    private static bool[] Projection(ViewsSample sample, int resolution, int size)
    {
        bool[] image = new bool[size * size];
        for (int voxel = 0; voxel < sample.Voxels.Length; voxel++)
        {
            if (sample.Voxels[voxel] == 1)
            {
                int x = voxel % resolution;
                int y = voxel / resolution % resolution;
                Vector2 place = sample.Camera.Project(VoxelGrid.Centre(voxel / resolution / resolution, y, x, resolution));
                (int column, int row) = ((int)MathF.Floor((place.X + 1) * size / 2), (int)MathF.Floor((place.Y + 1) * size / 2));
                foreach ((int downwards, int across) in ((int, int)[])[(0, 0), (0, 1), (1, 0), (1, 1)])
                {
                    // A voxel covers about 1.5 pixels.
                    (int r, int c) = (row + downwards, column + across);
                    if (r >= 0 && r < size && c >= 0 && c < size)
                    {
                        image[(r * size) + c] = true;
                    }
                }
            }
        }

        return image;
    }
}
