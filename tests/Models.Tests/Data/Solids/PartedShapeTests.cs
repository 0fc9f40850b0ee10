using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Solids;

public sealed class PartedShapeTests
{
    private const float Rounding = 1e-5f;

    // Two overlapping balls on the x axis.
    private static PartedShape Pair { get; } = new(
        [
            new ShapePart(new Sphere(new Vector3(-0.1f, 0, 0), 0.2f), 3),
            new ShapePart(new Sphere(new Vector3(0.2f, 0, 0), 0.2f), 7),
        ],
        5);

    public static TheoryData<int> CategoryNumbers => [.. Enumerable.Range(0, ShapeFamilies.Categories.Count)];

    [Theory]
    [InlineData(-0.5f, 0, 0, 0.2f, 3)]
    [InlineData(0.5f, 0, 0, 0.1f, 7)]
    [InlineData(-0.1f, 0, 0, -0.2f, 3)]
    [InlineData(0.06f, 0, 0, -0.06f, 7)]
    [InlineData(0.04f, 0, 0, -0.06f, 3)]
    public void DistanceAndLabel_TwoBalls_AreThoseOfTheNearest(float x, float y, float z, float distance, int label)
    {
        var point = new Vector3(x, y, z);

        Assert.Equal(distance, Pair.Distance(point), Rounding);
        Assert.Equal(label, Pair.Label(point));
        Assert.Equal(distance <= 0, Pair.Contains(point));
        Assert.Equal(5, Pair.Category);
    }

    [Fact]
    public void Points_TwoBalls_AreUniformOnTheUnionAlone()
    {
        SurfaceSamples samples = SurfaceSampling.Points(Pair, 20_000, new KeyedRandom(1));
        int left = 0;
        for (int index = 0; index < samples.Count; index++)
        {
            var place = new Vector3(samples.Positions.AsSpan(3 * index, 3));
            Assert.Equal(0, Pair.Distance(place), 2 * Rounding);
            Assert.Equal(1, new Vector3(samples.Normals.AsSpan(3 * index, 3)).Length(), Rounding);
            left += samples.Labels[index] == 3 ? 1 : 0;
        }

        // By symmetry half of the points belong to either; five standard errors.
        Assert.Equal(10_000, left, 5 * Math.Sqrt(5000));
        // The plane x = 0.05 cuts caps of height 0.05 off the balls (diameter 0.4): none of their points may appear.
        float farthest = Enumerable.Range(0, samples.Count).Where(index => samples.Labels[index] == 3).Max(index => samples.Positions[3 * index]);
        Assert.InRange(farthest, 0.045f, 0.0501f);
    }

    [Fact]
    public void Points_NothingVisible_IsRefused()
    {
        var hidden = new Buried();

        var error = Assert.Throws<InvalidOperationException>(() => SurfaceSampling.Points(hidden, 2, new KeyedRandom(1)));
        Assert.Equal("Expected 2 points of a visible surface, actual 0 in 400 draws.", error.Message);
    }

    [Theory]
    [MemberData(nameof(CategoryNumbers))]
    public void Draw_AnyCategory_FitsTheCubeAndHasItsOwnLabels(int category)
    {
        for (int trial = 0; trial < 40; trial++)
        {
            PartedShape shape = ShapeFamilies.Draw(category, new KeyedRandom(2, trial));

            Assert.Equal(category, shape.Category);
            Assert.All(shape.Parts, part => Assert.Contains(part.Label, ShapeFamilies.PartLabels[category]));
            Assert.True(Vector3.Max(Vector3.Abs(shape.Bounds.Minimum), Vector3.Abs(shape.Bounds.Maximum)) is { X: <= 0.5001f, Y: <= 0.5001f, Z: <= 0.5001f });
            Assert.InRange(MathF.Max(shape.Bounds.Extent.X, MathF.Max(shape.Bounds.Extent.Y, shape.Bounds.Extent.Z)), 0.649f, 0.951f);
        }
    }

    [Theory]
    [MemberData(nameof(CategoryNumbers))]
    public void Nearest_AnyCategory_IsThatOfAllParts(int category)
    {
        PartedShape shape = ShapeFamilies.Draw(category, new KeyedRandom(3, category));
        var random = new KeyedRandom(4);
        for (int trial = 0; trial < 500; trial++)
        {
            Vector3 point = random.NextPoint(Bounds.Around(Vector3.Zero, new Vector3(0.5f)));
            float expected = shape.Parts.Min(part => part.Solid.Distance(point));

            Assert.Equal(expected, shape.Distance(point));
            Assert.Equal(expected <= 0, shape.Contains(point));
            Assert.Equal(expected, shape.Parts[shape.Nearest(point).Part].Solid.Distance(point));
        }
    }

    [Theory]
    [MemberData(nameof(CategoryNumbers))]
    public void Distance_AnyCategoryOutside_IsThatToTheNearestSurfacePoint(int category)
    {
        PartedShape shape = ShapeFamilies.Draw(category, new KeyedRandom(5, category));
        var random = new KeyedRandom(6);
        SurfaceSamples surface = SurfaceSampling.Points(shape, 20_000, random);
        for (int trial = 0; trial < 30; trial++)
        {
            Vector3 point = random.NextPoint(Bounds.Around(Vector3.Zero, new Vector3(0.5f)));
            float nearest = Nearest(surface.Positions, point);
            float distance = shape.Distance(point);

            // Inside, the distance to a part's surface that is hidden in another part may be less.
            Assert.InRange(MathF.Abs(distance), 0, nearest + Rounding);
            Assert.True(distance < 0 || nearest - distance < 0.03f, $"{point}: {distance} against {nearest}");
        }
    }

    [Fact]
    public void PartNames_AllCategories_AreNumberedThrough()
    {
        Assert.Equal(["table top", "table leg", "stool seat", "stool leg"], ShapeFamilies.PartNames.Take(4));
        Assert.Equal(Enumerable.Range(0, ShapeFamilies.PartNames.Count), ShapeFamilies.PartLabels.SelectMany(labels => labels));
    }

    [Fact]
    public void Draw_NoSuchCategory_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ShapeFamilies.Draw(10, new KeyedRandom(0)));

        Assert.StartsWith("Expected a category in 0 .. 9, actual 10.", error.Message);
    }

    [Fact]
    public void Draw_VariationOutOfRange_IsRefused() => Assert.Throws<ArgumentException>(
        () => ShapeFamilies.Draw(0, new KeyedRandom(0), new ShapeVariation { LargestExtent = 1.2f }));

    [Fact]
    public void Occupancy_AnyShape_IsTheSignOfTheDistance()
    {
        const int resolution = 20;
        foreach (float margin in (float[])[0, 0.4f])
        {
            PartedShape shape = ShapeFamilies.Draw(2, new KeyedRandom(7));
            byte[] grid = VoxelGrid.Occupancy(shape, resolution, margin);
            int index = 0;
            for (int z = 0; z < resolution; z++)
            {
                for (int y = 0; y < resolution; y++)
                {
                    for (int x = 0; x < resolution; x++, index++)
                    {
                        bool expected = shape.Distance(VoxelGrid.Centre(z, y, x, resolution)) <= margin / resolution;
                        Assert.Equal(expected ? 1 : 0, grid[index]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Points_OneInEachOfTwoVoxels_MarksThemInTheOrderZYX()
    {
        byte[] grid = VoxelGrid.Points([-0.4f, 0.1f, 0.4f, 0.3f, -0.3f, -0.3f, 0.7f, 0, 0], 4);

        // (z, y, x) = (3, 2, 0) and (0, 0, 3); the third point is outside.
        Assert.Equal([3, 56], Enumerable.Range(0, 64).Where(index => grid[index] == 1));
    }

    [Fact]
    public void OccupancySamples_Draw_TellInsideAndItsLabel()
    {
        OccupancySamples samples = OccupancySamples.Draw(Pair, 4000, 0.5f, 0.03f, new KeyedRandom(8));
        int near = 0;
        for (int index = 0; index < samples.Count; index++)
        {
            var point = new Vector3(samples.Positions.AsSpan(3 * index, 3));
            Assert.Equal(Pair.Contains(point) ? 1 : 0, samples.Occupancies[index]);
            Assert.Equal(Pair.Contains(point) ? Pair.Label(point) : OccupancySamples.Outside, samples.Labels[index]);
            near += MathF.Abs(Pair.Distance(point)) < 0.06f ? 1 : 0;
        }

        // Two standard deviations hold 95 % of the surface's half; of the uniform half a sixth or so lies as near.
        Assert.InRange(near, 2000, 2500);
    }

    [Fact]
    public void OccupancySamples_AnyPrefix_HoldsBothKinds()
    {
        OccupancySamples all = OccupancySamples.Draw(Pair, 1000, 0.25f, 0, new KeyedRandom(9));
        int[] onSurface = [.. Enumerable.Range(0, 1000).Select(index => MathF.Abs(Pair.Distance(new Vector3(all.Positions.AsSpan(3 * index, 3)))) < Rounding ? 1 : 0)];

        Assert.InRange(onSurface.Take(100).Sum(), 75, 77);
        Assert.InRange(onSurface.Sum(), 750, 753);
    }

    private static float Nearest(float[] positions, Vector3 point)
    {
        float least = float.PositiveInfinity;
        for (int start = 0; start < positions.Length; start += 3)
        {
            least = MathF.Min(least, Vector3.DistanceSquared(new Vector3(positions.AsSpan(start, 3)), point));
        }

        return MathF.Sqrt(least);
    }

    private sealed class Buried : ISurface
    {
        public IReadOnlyList<ShapePart> Parts { get; } = [new ShapePart(new Sphere(Vector3.Zero, 1), 0)];

        public bool IsHidden(Vector3 point, int part) => true;
    }
}
