using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Solids;

public sealed class SolidTests
{
    // Single precision, lengths of about 1, a few operations.
    private const float Rounding = 2e-5f;

    public static TheoryData<string> Names => [.. Bodies.Keys];

    private static Dictionary<string, Solid> Bodies { get; } = new()
    {
        ["sphere"] = new Sphere(new Vector3(0.1f, -0.1f, 0), 0.3f),
        ["box"] = new Box(new Vector3(0, 0.1f, 0), new Vector3(0.3f, 0.1f, 0.2f)),
        ["cylinder"] = new Cylinder(new Vector3(0.1f, 0, 0), 0.25f, 0.2f),
        ["cone"] = Lathe.Cone(0.4f, 0.1f, -0.2f, 0.3f),
        ["pointed cone"] = Lathe.Cone(0.4f, 0, -0.2f, 0.3f),
        ["vessel"] = new Lathe(
            new Vector2(0, -0.3f), new Vector2(0.3f, -0.3f), new Vector2(0.4f, 0.3f), new Vector2(0.3f, 0.3f), new Vector2(0.2f, -0.2f), new Vector2(0, -0.2f)),
        ["vessel, drawn clockwise"] = new Lathe(
            new Vector2(0, -0.2f), new Vector2(0.2f, -0.2f), new Vector2(0.3f, 0.3f), new Vector2(0.4f, 0.3f), new Vector2(0.3f, -0.3f), new Vector2(0, -0.3f)),
        ["torus"] = new Torus(new Vector3(0, 0.1f, 0), 0.3f, 0.1f),
        ["arc"] = new Arc(new Vector3(0.1f, 0, 0), 0.3f, 0.05f, 1.2f),
        ["long arc"] = new Arc(Vector3.Zero, 0.3f, 0.05f, 2.5f),
        ["capsule"] = new Capsule(new Vector3(-0.2f, -0.1f, 0), new Vector3(0.2f, 0.2f, 0.1f), 0.1f),
        ["prism"] = new Prism(0.1f, new Vector2(-0.3f, -0.2f), new Vector2(0.3f, -0.1f), new Vector2(0.1f, 0.3f), new Vector2(-0.2f, 0.2f)),
        ["moved"] = new Moved(
            new Box(Vector3.Zero, new Vector3(0.3f, 0.1f, 0.2f)),
            new Pose(Quaternion.CreateFromYawPitchRoll(0.4f, 0.7f, -0.2f), new Vector3(0.1f, 0, -0.1f), 0.8f)),
        ["panel"] = new Moved(new Panel(Vector3.Zero, 0.3f, 0.2f), Pose.Turned(Vector3.UnitX, 0.5f)),
    };

    [Fact]
    public void Distance_Sphere_IsExact() => Close(-0.3f, new Sphere(Vector3.UnitX, 0.3f).Distance(Vector3.UnitX));

    [Theory]
    [InlineData(0, 0, 0, -0.1f)]
    [InlineData(0.25f, 0, 0, -0.05f)]
    [InlineData(0.6f, 0.5f, 0.2f, 0.5f)]
    [InlineData(0.6f, 0.5f, 0.6f, 0.64031242f)]
    public void Distance_Box_IsExact(float x, float y, float z, float expected) =>
        Close(expected, new Box(Vector3.Zero, new Vector3(0.3f, 0.1f, 0.2f)).Distance(new Vector3(x, y, z)));

    [Theory]
    [InlineData(0, 0, 0, -0.2f)]
    [InlineData(0.6f, 0, 0.8f, 0.75f)]
    [InlineData(0.55f, 0.6f, 0, 0.5f)]
    public void Distance_Cylinder_IsExact(float x, float y, float z, float expected) =>
        Close(expected, new Cylinder(Vector3.Zero, 0.25f, 0.2f).Distance(new Vector3(x, y, z)));

    [Theory]
    // A cone of radius 0.3 and height 0.4: the slant from (0.3, 0) to (0, 0.4) has the normal (0.8, 0.6).
    [InlineData(0.55f, 0.5f, 0, 0.5f)]
    [InlineData(0, 0.12f, 0, -0.12f)]
    [InlineData(0.1f, 0.16f, 0, -0.064f)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, -0.2f, 0.1f, 0.2f)]
    public void Distance_Cone_IsExact(float x, float y, float z, float expected) =>
        Close(expected, Lathe.Cone(0.3f, 0, 0, 0.4f).Distance(new Vector3(x, y, z)));

    [Theory]
    [InlineData(0.3f, 0, 0, -0.1f)]
    [InlineData(0, 0, 0, 0.2f)]
    [InlineData(0.6f, 0.4f, 0, 0.4f)]
    public void Distance_Torus_IsExact(float x, float y, float z, float expected) =>
        Close(expected, new Torus(Vector3.Zero, 0.3f, 0.1f).Distance(new Vector3(x, y, z)));

    [Theory]
    // A half ring of radius 0.3: beyond its ends at (0, +-0.3) the end's ball is nearest.
    [InlineData(0.3f, 0, 0, -0.1f)]
    [InlineData(-0.4f, 0.3f, 0, 0.3f)]
    [InlineData(-0.3f, 0, 0, 0.32426407f)]
    public void Distance_HalfRing_IsExact(float x, float y, float z, float expected) =>
        Close(expected, new Arc(Vector3.Zero, 0.3f, 0.1f, MathF.PI / 2).Distance(new Vector3(x, y, z)));

    [Theory]
    [InlineData(0, 0.1f, 0, -0.1f)]
    [InlineData(0.8f, 0.4f, 0, 0.3f)]
    public void Distance_Capsule_IsExact(float x, float y, float z, float expected) =>
        Close(expected, new Capsule(new Vector3(-0.5f, 0, 0), new Vector3(0.5f, 0, 0), 0.2f).Distance(new Vector3(x, y, z)));

    [Fact]
    public void Distance_Moved_ScalesAndTurns()
    {
        var moved = new Moved(
            new Box(Vector3.Zero, new Vector3(0.3f, 0.1f, 0.2f)), new Pose(Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2), Vector3.UnitX, 2));

        // The long side, 0.6 after scaling, now stands.
        Close(0.4f, moved.Distance(new Vector3(1, 1, 0)));
        Close(0.8f, moved.Distance(new Vector3(2, 0, 0)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Distance_AnyBody_IsThatToTheNearestOfManySurfacePoints(string name)
    {
        Solid body = Bodies[name];
        var random = new KeyedRandom(1);
        Vector3[] surface = [.. Enumerable.Range(0, 20_000).Select(_ => body.Sample(random).Position)];
        for (int trial = 0; trial < 50; trial++)
        {
            Vector3 point = random.NextPoint(Bounds.Around(Vector3.Zero, new Vector3(0.6f)));
            float nearest = surface.Min(place => Vector3.Distance(place, point));

            // The nearest of the samples is at most about sqrt(area / count) beside the nearest point of the surface.
            Assert.InRange(nearest - MathF.Abs(body.Distance(point)), -Rounding, 0.03f);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Distance_AnyBody_ChangesNoFasterThanThePoint(string name)
    {
        var random = new KeyedRandom(2);
        for (int trial = 0; trial < 2000; trial++)
        {
            Vector3 first = random.NextPoint(Bounds.Around(Vector3.Zero, new Vector3(0.6f)));
            Vector3 second = first + random.NextOffset(0.1f);
            float change = MathF.Abs(Bodies[name].Distance(first) - Bodies[name].Distance(second));

            Assert.InRange(change, 0, Vector3.Distance(first, second) + Rounding);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_AnyBody_LiesOnTheSurfaceWithTheOutwardNormal(string name)
    {
        Solid body = Bodies[name];
        var random = new KeyedRandom(3);
        Bounds bounds = body.Bounds.Grown(Rounding);
        int outside = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            SurfacePoint sample = body.Sample(random);
            Assert.Equal(0, body.Distance(sample.Position), Rounding);
            Assert.Equal(1, sample.Normal.Length(), Rounding);
            Assert.Equal(0, bounds.SquaredDistance(sample.Position));
            outside += MathF.Abs(body.Distance(sample.Position + (1e-3f * sample.Normal)) - 1e-3f) < Rounding ? 1 : 0;
        }

        // A step along the normal leads away from the surface by its length, but not across a hollow corner.
        Assert.InRange(outside, 985, 1000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Area_AnyBody_AgreesWithTheVolumeOfAThinShell(string name)
    {
        // Points within e of the surface fill about 2 e times the area (for a panel, too).
        const float e = 0.01f;
        Solid body = Bodies[name];
        var random = new KeyedRandom(4);
        Bounds space = body.Bounds.Grown(0.02f);
        const int trials = 200_000;
        int hits = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            hits += MathF.Abs(body.Distance(random.NextPoint(space))) < e ? 1 : 0;
        }

        float volume = space.Extent.X * space.Extent.Y * space.Extent.Z * hits / trials;
        // Edges and noise: a few percent.
        Assert.Equal(1, volume / (2 * e * body.Area), 0.08f);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_AnyBody_IsUniformByArea(string name)
    {
        // Any ball around a surface point must receive its area's share; the shell's volume in the ball measures the area independently.
        const float e = 0.01f;
        Solid body = Bodies[name];
        var random = new KeyedRandom(5);
        Vector3 centre = body.Sample(random).Position;
        const float radius = 0.15f;
        const int trials = 100_000;
        int shell = 0;
        int samples = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            Vector3 point = centre + random.NextPoint(Bounds.Around(Vector3.Zero, new Vector3(radius)));
            shell += Vector3.Distance(point, centre) < radius && MathF.Abs(body.Distance(point)) < e ? 1 : 0;
            samples += Vector3.Distance(body.Sample(random).Position, centre) < radius ? 1 : 0;
        }

        float area = MathF.Pow(2 * radius, 3) * shell / trials / (2 * e);
        Assert.Equal(1, body.Area * samples / trials / area, 0.1f);
    }

    [Fact]
    public void Sample_Sphere_FillsOctantsEvenly()
    {
        var random = new KeyedRandom(6);
        int[] octants = new int[8];
        for (int trial = 0; trial < 8000; trial++)
        {
            Vector3 place = new Sphere(Vector3.Zero, 1).Sample(random).Position;
            octants[(place.X > 0 ? 1 : 0) + (place.Y > 0 ? 2 : 0) + (place.Z > 0 ? 4 : 0)]++;
        }

        // Five standard errors of a share of one eighth.
        Assert.All(octants, hits => Assert.Equal(1000, hits, 5 * Math.Sqrt(8000 / 8.0 * 7 / 8)));
    }

    [Fact]
    public void Sample_Box_ChoosesFacesByTheirArea()
    {
        var random = new KeyedRandom(7);
        var box = new Box(Vector3.Zero, new Vector3(0.3f, 0.1f, 0.2f));
        int[] faces = new int[6];
        for (int trial = 0; trial < 11_000; trial++)
        {
            Vector3 normal = box.Sample(random).Normal;
            faces[(Vector3.Abs(normal) == Vector3.UnitX ? 0 : Vector3.Abs(normal) == Vector3.UnitY ? 1 : 2) + (normal.X + normal.Y + normal.Z > 0 ? 3 : 0)]++;
        }

        // Half sides' products 0.02, 0.06 and 0.03, two faces each: shares 2, 6 and 3 of 22; five standard errors.
        Assert.All([0, 3], face => Assert.Equal(1000, faces[face], 5 * Math.Sqrt(1000)));
        Assert.All([1, 4], face => Assert.Equal(3000, faces[face], 5 * Math.Sqrt(3000)));
        Assert.All([2, 5], face => Assert.Equal(1500, faces[face], 5 * Math.Sqrt(1500)));
    }

    [Fact]
    public void Lathe_NegativeRadius_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Lathe(new Vector2(-1, 0), new Vector2(1, 0), new Vector2(1, 1)));

        Assert.StartsWith("Expected at least 3 corners of radius 0 or more, actual <-1, 0>", error.Message);
    }

    [Fact]
    public void Prism_HollowOutline_IsRefused() => Assert.Throws<ArgumentException>(
        () => new Prism(0.1f, new Vector2(0, 0), new Vector2(1, 0), new Vector2(0.2f, 0.2f), new Vector2(0, 1)));

    [Fact]
    public void Moved_NoScale_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Moved(new Sphere(Vector3.Zero, 1), default));

    private static void Close(float expected, float actual) => Assert.Equal(expected, actual, Rounding);
}
