using System.Globalization;
using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;

namespace Bitcurve.Models.Tests.Data.Scenes;

public class ScanNetScenesTests
{
    private static readonly ScanNetOptions Few = new() { PointCount = 64, QueryCount = 200, SurfaceCount = 20_000 };

    [Fact]
    public void Get_OfAFloorAndAWall_LabelsAndScalesThem()
    {
        using var folder = Folder();
        var scenes = new ScanNetScenes(folder.Location, Few);

        var scene = scenes.Get(Split.Test, 0);

        // A floor of 4 m x 4 m at z = 0 and a wall of 4 m x 2 m at x = 0: in the unit cube z is -0.25 there, x -0.5.
        Assert.Equal((64, 200, 20_000), (scene.Points.Length, scene.Queries.Length, scene.Surface.Length));
        var (wall, floor) = (scenes.ClassNames.ToList().IndexOf("wall"), scenes.ClassNames.ToList().IndexOf("floor"));
        Assert.All(scene.Surface.Zip(scene.SurfaceLabels), point =>
        {
            Assert.True(Math.Abs(point.First.Z + 0.25f) < 1e-5f || Math.Abs(point.First.X + 0.5f) < 1e-5f, $"{point.First}");
            Assert.Contains(point.Second, new[] { wall, floor, Scene.Unlabelled });
        });
        Assert.Equal(2.0 / 3, scene.Surface.Count(point => Math.Abs(point.Z + 0.25f) < 1e-5f) / 20_000.0, 0.05);
        for (var k = 0; k < scene.Queries.Length; k++)
        {
            var exact = Math.Min(ToFloor(scene.Queries[k]), ToWall(scene.Queries[k]));

            // To the nearest of 20,000 points of 1.5 units of area: never nearer than the surface, hardly ever three times their spacing farther.
            Assert.InRange(scene.Distances[k] - exact, -1e-5, 0.03);
        }
    }

    [Fact]
    public void Count_OfLists_KeepsEveryTenthForValidation()
    {
        using var folder = Folder();
        File.WriteAllLines(Path.Combine(folder.Location, "scannetv2_train.txt"), Enumerable.Range(0, 20).Select(k => $"scene{k}"));
        var scenes = new ScanNetScenes(folder.Location, Few);

        Assert.Equal([18, 2, 1], Enum.GetValues<Split>().Select(scenes.Count));
    }

    [Fact]
    public void Get_OfAScanThatIsNotThere_NamesTheFile()
    {
        using var folder = Folder();
        var scenes = new ScanNetScenes(folder.Location, Few);

        var exception = Assert.Throws<DataFormatException>(() => scenes.Get(Split.Train, 0));

        Assert.EndsWith("gone_vh_clean_2.labels.ply", exception.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_WithoutLists_NamesTheFile()
    {
        using var folder = new TemporaryFolder();

        var exception = Assert.Throws<DataFormatException>(() => new ScanNetScenes(folder.Location, Few).Count(Split.Train));

        Assert.EndsWith("scannetv2_train.txt: list of scans: expected a file, actual no such file", exception.Message, StringComparison.Ordinal);
    }

    private static double ToFloor(Vector3 place) =>
        Vector3.Distance(place, new(Math.Clamp(place.X, -0.5f, 0.5f), Math.Clamp(place.Y, -0.5f, 0.5f), -0.25f));

    private static double ToWall(Vector3 place) =>
        Vector3.Distance(place, new(-0.5f, Math.Clamp(place.Y, -0.5f, 0.5f), Math.Clamp(place.Z, -0.25f, 0.25f)));

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Location, "scannetv2_train.txt"), "gone\n");
        File.WriteAllText(Path.Combine(folder.Location, "scannetv2_val.txt"), "room\n");
        Directory.CreateDirectory(Path.Combine(folder.Location, "room"));

        // Colours as in the published files; label 2 floor, 1 wall, 13 (blinds) none of the 20.
        string[] vertices =
        [
            "0 0 0 10 20 30 255 2", "4 0 0 10 20 30 255 2", "4 4 0 10 20 30 255 2", "0 4 0 10 20 30 255 13",
            "0 0 2 10 20 30 255 1", "0 4 2 10 20 30 255 1", "0 0 0 10 20 30 255 1", "0 4 0 10 20 30 255 1",
        ];
        File.WriteAllText(
            Path.Combine(folder.Location, "room", "room_vh_clean_2.labels.ply"),
            string.Create(CultureInfo.InvariantCulture, $"""
                ply
                format ascii 1.0
                element vertex {vertices.Length}
                property float x
                property float y
                property float z
                property uchar red
                property uchar green
                property uchar blue
                property uchar alpha
                property ushort label
                element face 4
                property list uchar int vertex_indices
                end_header
                {string.Join('\n', vertices)}
                3 0 1 2
                3 0 2 3
                3 6 4 5
                3 6 5 7

                """).ReplaceLineEndings("\n"));
        return folder;
    }
}
