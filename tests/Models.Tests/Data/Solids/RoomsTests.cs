using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Solids;

public sealed class RoomsTests
{
    public static TheoryData<RoomStyle> Styles => [RoomStyle.Office, RoomStyle.Living];

    [Fact]
    public void Distance_FloorAndBox_IsUnsigned()
    {
        var scene = new Scene(
            [
                new ShapePart(new Panel(Vector3.Zero, 0.5f, 0.5f), (int)RoomLabel.Floor),
                new ShapePart(new Box(new Vector3(0, 0.09f, 0), new Vector3(0.1f)), (int)RoomLabel.Box),
            ],
            0,
            0.2f);

        Assert.Equal((0.2f, 0), Rounded(scene, new Vector3(0.4f, 0.2f, 0)));
        Assert.Equal((0.1f, 7), Rounded(scene, new Vector3(0, 0.29f, 0)));
        // Inside the box, 0.04 below its lid.
        Assert.Equal((0.04f, 7), Rounded(scene, new Vector3(0, 0.15f, 0)));
        Assert.True(scene.IsHidden(new Vector3(0, 0, 0), 0));
        Assert.True(scene.IsHidden(new Vector3(0, -0.01f, 0), 1));
        Assert.False(scene.IsHidden(new Vector3(0.3f, 0, 0), 0));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Distance_AnyRoomOutsideFurniture_IsThatToTheNearestSurfacePoint(RoomStyle style)
    {
        Scene scene = Rooms.Draw(style, new KeyedRandom(1));
        var random = new KeyedRandom(2);
        SurfaceSamples surface = SurfaceSampling.Points(scene, 40_000, random);
        int trials = 0;
        while (trials < 60)
        {
            Vector3 point = random.NextPoint(scene.Bounds) + new Vector3(0, 0.02f, 0);
            if (scene.Parts.Any(part => part.Solid.Distance(point) < 0))
            {
                continue;
            }

            (float nearest, int label) = Nearest(surface, point);
            float distance = scene.Distance(point);
            // Samples lie about sqrt(area / count) = 0.008 apart.
            Assert.InRange(nearest - distance, -1e-5f, 0.02f);
            Assert.True(nearest - distance > 1e-3f || label == scene.Label(point) || OtherIsAsNear(scene, point, distance, label));
            trials++;
        }
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Draw_AnyRoom_FillsTheCubeAndStandsOnItsFloor(RoomStyle style)
    {
        for (int trial = 0; trial < 20; trial++)
        {
            Scene scene = Rooms.Draw(style, new KeyedRandom(3, trial));
            SurfaceSamples surface = SurfaceSampling.Points(scene, 500, new KeyedRandom(4, trial));

            Assert.All(surface.Positions, value => Assert.InRange(value, -0.5f, 0.5f));
            Assert.All(Enumerable.Range(0, 500), index => Assert.True(surface.Positions[(3 * index) + 1] >= scene.FloorHeight - 1e-4f));
            Assert.Equal(0.96f, MathF.Max(scene.Bounds.Extent.X, MathF.Max(scene.Bounds.Extent.Y, scene.Bounds.Extent.Z)), 1e-3f);
            Assert.InRange(scene.Parts.Count(part => part.Label == (int)RoomLabel.Wall), 2, 4);
        }
    }

    [Fact]
    public void Load_TwoSets_DifferInTheirFurniture()
    {
        double[] office = LabelShares(RoomStyle.Office);
        double[] living = LabelShares(RoomStyle.Living);

        // Every label is in both sets; offices have more chairs, living rooms more sofas.
        Assert.All(office, share => Assert.InRange(share, 0.002, 0.6));
        Assert.All(living, share => Assert.InRange(share, 0.002, 0.6));
        Assert.True(office[(int)RoomLabel.Chair] > 1.5 * living[(int)RoomLabel.Chair]);
        Assert.True(living[(int)RoomLabel.Sofa] > 1.5 * office[(int)RoomLabel.Sofa]);
    }

    [Fact]
    public void Load_Queries_HaveTheScenesDistances()
    {
        RoomSample sample = RoomsDataset.Load(RoomsOptions.Small with { Seed = 5, TrainCount = 1, ValidationCount = 1, TestCount = 1, SurfaceCount = 20_000 }).Train[0];
        var surface = new SurfaceSamples(sample.Surface, [], sample.SurfaceLabels);
        int agreeing = 0;
        for (int index = 0; index < 200; index++)
        {
            (float nearest, int label) = Nearest(surface, new Vector3(sample.Queries.AsSpan(3 * index, 3)));
            Assert.InRange(nearest - sample.Distances[index], -1e-5f, 0.05f);
            agreeing += label == sample.QueryLabels[index] ? 1 : 0;
        }

        // Where two pieces meet, the nearest of the samples may be of the other one.
        Assert.InRange(agreeing, 185, 200);
    }

    [Fact]
    public void Columns_FloorAndWall_AreWhereTheyStand()
    {
        // A floor, and a wall in the plane x = 0.1: half a metre away from the column, which stands on the floor at the origin.
        var scene = new Scene(
            [
                new ShapePart(new Panel(Vector3.Zero, 0.5f, 0.5f), (int)RoomLabel.Floor),
                new ShapePart(new Moved(new Panel(Vector3.Zero, 0.3f, 0.5f), Pose.Turned(Vector3.UnitZ, MathF.PI / 2, new Vector3(0.1f, 0.3f, 0))), (int)RoomLabel.Wall),
            ],
            0,
            0.2f);
        int wallsSeen = 0;
        for (int trial = 0; trial < 10; trial++)
        {
            ColumnSample sample = ColumnGrid.Around(scene, Vector3.Zero, new KeyedRandom(1, trial)).Sample(new KeyedRandom(2), 0);

            // One voxel is 0.01 wide; the floor is at the middle of one of the lowest, whose neighbours are a whole voxel away.
            int floor = Array.IndexOf(sample.Labels, (byte)1);
            Assert.InRange(floor, 1, 4);
            Assert.All(sample.Labels.Where((_, height) => height != floor), label => Assert.Equal(0, label));

            // The wall at x = 0.1 runs through the middle of the row's voxel 15 + 10.
            sbyte[] row = [.. sample.Grid.Skip(Cell(floor + 10, 15, 0)).Take(ColumnGrid.Side)];
            Assert.All(row.Where((_, x) => x != 25), value => Assert.Contains(value, (sbyte[])[-1, 0]));
            Assert.NotEqual(0, row[25]);
            wallsSeen += row[25] == 1 ? 1 : 0;

            // Channel 1 tells what channel 0 does not.
            int half = sample.Grid.Length / 2;
            Assert.True(Enumerable.Range(0, half).All(index => sample.Grid[half + index] == (sample.Grid[index] < 0 ? 0 : 1)));
        }

        // About one scanner in three looks along the wall so closely that it hides itself.
        Assert.InRange(wallsSeen, 3, 10);
    }

    [Fact]
    public void Columns_BehindTheSidesOfABox_AreNotSeen()
    {
        var scene = new Scene(
            [
                new ShapePart(new Panel(Vector3.Zero, 0.5f, 0.5f), 0),
                new ShapePart(new Box(new Vector3(0, 0.15f, 0), new Vector3(0.05f, 0.15f, 0.05f)), 7),
            ],
            0,
            0.2f);
        ColumnSample sample = ColumnGrid.Around(scene, Vector3.Zero, new KeyedRandom(3)).Sample(new KeyedRandom(4), 0);

        // The inside of the box is closed on all sides, and the scanner sees one or two of them.
        Assert.Equal(-1, sample.Grid[Cell(18, 15, 15)]);
        int[] sides = [Cell(18, 15, 10), Cell(18, 15, 20), Cell(18, 10, 15), Cell(18, 20, 15)];
        Assert.InRange(sides.Count(cell => sample.Grid[cell] == 1), 1, 2);
        Assert.Equal(4, sides.Count(cell => sample.Grid[cell] != 0));
        int seen = sample.Grid.Skip(sample.Grid.Length / 2).Count(value => value == 1);
        Assert.InRange(seen / (double)(sample.Grid.Length / 2), 0.5, 0.99);
    }

    private static int Cell(int height, int z, int x) => (((height * ColumnGrid.Side) + z) * ColumnGrid.Side) + x;

    private static (float Distance, int Label) Rounded(Scene scene, Vector3 point) => (MathF.Round(scene.Distance(point), 5), scene.Label(point));

    private static bool OtherIsAsNear(Scene scene, Vector3 point, float distance, int label) =>
        scene.Parts.Where(part => part.Label == label).Min(part => MathF.Abs(part.Solid.Distance(point))) < distance + 0.02f;

    private static double[] LabelShares(RoomStyle style)
    {
        var options = RoomsOptions.Small with { Style = style, Seed = 9, TrainCount = 40, ValidationCount = 1, TestCount = 1, QueryCount = 1 };
        byte[] labels = [.. RoomsDataset.Load(options).Train.SelectMany(sample => sample.SurfaceLabels)];
        return [.. Enumerable.Range(0, Rooms.LabelNames.Count).Select(label => labels.Count(value => value == label) / (double)labels.Length)];
    }

    private static (float Distance, int Label) Nearest(SurfaceSamples surface, Vector3 point)
    {
        (float Squared, int Index) least = (float.PositiveInfinity, -1);
        for (int index = 0; index < surface.Count; index++)
        {
            float squared = Vector3.DistanceSquared(new Vector3(surface.Positions.AsSpan(3 * index, 3)), point);
            least = squared < least.Squared ? (squared, index) : least;
        }

        return (MathF.Sqrt(least.Squared), surface.Labels[least.Index]);
    }
}
