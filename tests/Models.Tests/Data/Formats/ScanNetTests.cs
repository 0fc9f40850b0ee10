using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Formats;

public sealed class ScanNetTests : IDisposable
{
    private static readonly ScanNetOptions Few = new() { PointCount = 50, QueryCount = 200, SurfaceCount = 80, ColumnsPerScene = 3 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OfNyu40_Labels_BecomeTheBenchmarksClasses()
    {
        Assert.Equal(20, ScanNetClasses.Names.Count);
        Assert.Equal((0, 1, 6), (ScanNetClasses.OfNyu40(1), ScanNetClasses.OfNyu40(2), ScanNetClasses.OfNyu40(7)));
        Assert.Equal((12, "desk"), (ScanNetClasses.OfNyu40(14), ScanNetClasses.Names[12]));
        Assert.Equal((19, "other furniture"), (ScanNetClasses.OfNyu40(39), ScanNetClasses.Names[19]));
        Assert.All(new[] { 0, 13, 15, 40 }, label => Assert.Equal(ScanNetClasses.None, ScanNetClasses.OfNyu40(label)));
    }

    [Fact]
    public void Read_Scene_GivesMeshColoursAndLabels()
    {
        Write("scene0000_00");
        ScanNetScene scene = ScanNetScene.Read(folder.File("scans/scene0000_00"));

        // z is up in the file, y here: the floor at height 0, the table at 0.75 m.
        Assert.Equal((12, 6), (scene.Mesh.Vertices.Length, scene.Mesh.Triangles.Length));
        Assert.Equal([0, 0, 0, 0, 0.75f, 0.75f, 0.75f, 0.75f, 2, 2, 2, 2], scene.Mesh.Vertices.Select(vertex => vertex.Y));
        Assert.Equal([1, 1, 1, 1, 6, 6, 6, 6, 255, 255, 255, 255], scene.Labels);
        Assert.Equal([1, 1, 6, 6, 255, 255], scene.TriangleLabels());
        Assert.Equal([0, 100, 200, 1, 100, 200], scene.Colours[..6]);
        Assert.True(scene.Mesh.TriangleNormal(0).Y > 0.99);
    }

    [Fact]
    public void LoadRooms_Scenes_GivesPointsDistancesAndLabels()
    {
        WriteLists();
        SampleSplits<RoomSample> splits = ScanNet.LoadRooms(folder.Location, Few);

        Assert.Equal((2, 1), (splits.Test.Count, splits.Validation.Count));
        Assert.Equal(ScanNet.LoadRooms(folder.Location, Few).SplitHash(Split.Test), splits.SplitHash(Split.Test));
        RoomSample room = splits.Test[0];
        Assert.Equal((150, 600, 240), (room.Points.Length, room.Queries.Length, room.Surface.Length));

        // 4 m wide, without the unlabelled ceiling: the floor lies at -0.75 / 8 of the cube's side, the table's top at 0.75 / 8.
        for (int k = 0; k < 80; k++)
        {
            Assert.Equal(room.SurfaceLabels[k] == 1 ? -0.09375 : 0.09375, room.Surface[(3 * k) + 1], 1e-5);
        }

        for (int k = 0; k < 200; k++)
        {
            (float x, float y, float z) = (room.Queries[3 * k], room.Queries[(3 * k) + 1], room.Queries[(3 * k) + 2]);
            double floor = Distance(x, y + 0.09375, z, 0.5);
            double table = Distance(x, y - 0.09375, z, 0.125);
            Assert.Equal(Math.Min(floor, table), room.Distances[k], 2e-3);
            Assert.True(Math.Abs(floor - table) < 4e-3 || room.QueryLabels[k] == (floor < table ? 1 : 6));
        }
    }

    [Fact]
    public void LoadColumns_Scenes_GivesGridsWithTheirMiddleColumn()
    {
        WriteLists();
        SampleSplits<ColumnSample> splits = ScanNet.LoadColumns(folder.Location, Few);

        Assert.Equal(6, splits.Test.Count);
        const int Layer = 31 * 31;
        foreach (ColumnSample sample in splits.Test)
        {
            Assert.Equal((2 * 62 * Layer, 62), (sample.Grid.Length, sample.Labels.Length));
            Assert.All(sample.Grid[(62 * Layer)..], seen => Assert.Equal(1, seen));
            sbyte[] column = [.. Enumerable.Range(0, 62).Select(height => sample.Grid[(height * Layer) + (15 * 31) + 15])];
            Assert.All(Enumerable.Range(0, 62).Where(height => sample.Labels[height] != 0), height => Assert.Equal(1, column[height]));

            // The floor one to four voxels above the lower end, the table 15 above it, the unlabelled ceiling 40 above it.
            int floor = Enumerable.Range(0, 62).First(height => sample.Grid.AsSpan(height * Layer, Layer).Contains((sbyte)1));
            Assert.InRange(floor, 1, 4);
            Assert.Equal(2, sample.Labels[floor]);
            Assert.All(sample.Labels, (label, height) => Assert.Equal(height == floor ? 2 : label == 0 ? 0 : 7, label));
            Assert.All(Enumerable.Range(0, 62).Where(height => sample.Labels[height] == 7), height => Assert.InRange(height - floor, 14, 16));
        }

        Assert.Equal(21, ScanNet.ColumnLabelNames.Count);
    }

    [Fact]
    public void Read_DamagedScene_NamesFileAndPlace()
    {
        Write("scene0000_00", label: 41);
        Assert.Contains("scene0000_00_vh_clean_2.labels.ply: vertex 0 label: expected a whole number in 0 .. 40, actual 41", Refusal("scene0000_00"));
        Write("scene0000_01");
        File.Delete(folder.File("scans/scene0000_01/scene0000_01_vh_clean_2.labels.ply"));
        Assert.Contains("labels.ply: ply file: expected a file", Refusal("scene0000_01"));
        Write("scene0000_02", labelled: 11);
        Assert.Contains("labels.ply: vertices: expected 12 as in scene0000_02_vh_clean_2.ply, actual 11", Refusal("scene0000_02"));
    }

    [Fact]
    public void LoadRooms_WrongLists_NamesThem()
    {
        Write("scene0000_00");
        string Load() => Assert.Throws<DataFormatException>(() => ScanNet.LoadRooms(folder.Location, Few)).Message;
        Assert.Contains("scannetv2_train.txt: list: expected a file", Load());
        File.WriteAllLines(folder.File("scannetv2_train.txt"), ["scene0000_00", "scene0007_00"]);
        Assert.Contains("scannetv2_train.txt: name (line 2): expected one that is there, once, actual scene0007_00", Load());
    }

    // Distance to a horizontal square around the middle.
    private static double Distance(double x, double y, double z, double half)
    {
        (double beyondX, double beyondZ) = (Math.Max(0, Math.Abs(x) - half), Math.Max(0, Math.Abs(z) - half));
        return Math.Sqrt((beyondX * beyondX) + (y * y) + (beyondZ * beyondZ));
    }

    private string Refusal(string scene) => Assert.Throws<DataFormatException>(() => ScanNetScene.Read(folder.File($"scans/{scene}"))).Message;

    // Rooms 0 .. 19 to train and validate on, of which some fall to validation by their hash, and two to test.
    private void WriteLists()
    {
        string[] train = ["scene0000_00", "scene0004_00"];
        string validation = Enumerable.Range(10, 100).Select(k => $"scene{k:D4}_00").First(
            id => BitConverter.ToString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id[..9])), 0, 2) is var hex
                && Convert.ToInt32(hex.Replace("-", "", StringComparison.Ordinal), 16) % 100 >= 90);
        string[] test = ["scene0700_00", "scene0701_00"];
        foreach (string id in (string[])[.. train, validation, .. test])
        {
            Write(id);
        }

        File.WriteAllLines(folder.File("scannetv2_train.txt"), [.. train, validation]);
        File.WriteAllLines(folder.File("scannetv2_val.txt"), test);
    }

    // A floor of 4 m x 4 m, a table's top of 1 m x 1 m at 0.75 m and a piece of an unlabelled ceiling at 2 m; z up, as published.
    private void Write(string id, int label = 2, int labelled = 12)
    {
        Directory.CreateDirectory(folder.File($"scans/{id}"));
        const string Vertex = "property float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nproperty uchar alpha\n";
        const string Face = "element face 6\nproperty list uchar int vertex_indices\nend_header\n";
        foreach (bool withLabels in new[] { false, true })
        {
            using var writer = new BinaryWriter(File.Create(folder.File($"scans/{id}/{id}_vh_clean_2{(withLabels ? ".labels" : "")}.ply")));
            int count = withLabels ? labelled : 12;
            writer.Write(Encoding.ASCII.GetBytes(
                $"ply\nformat binary_little_endian 1.0\ncomment VCGLIB generated\nelement vertex {count}\n{Vertex}{(withLabels ? "property ushort label\n" : "")}"
                + (withLabels && labelled < 12 ? "end_header\n" : Face)));
            for (int k = 0; k < count; k++)
            {
                (float half, float height, int nyu40) = (k / 4) switch { 0 => (2f, 0f, label), 1 => (0.5f, 0.75f, 7), _ => (1f, 2f, 0) };
                writer.Write(k % 4 is 1 or 2 ? half : -half);
                writer.Write(k % 4 >= 2 ? half : -half);
                writer.Write(height);
                writer.Write([(byte)k, 100, 200, 255]);
                if (withLabels)
                {
                    writer.Write((ushort)nyu40);
                }
            }

            for (int k = 0; k < 6 && count == 12; k++)
            {
                writer.Write((byte)3);
                int[] corners = k % 2 == 0 ? [0, 1, 2] : [0, 2, 3];
                Array.ForEach(corners, corner => writer.Write((k / 2 * 4) + corner));
            }
        }
    }
}
