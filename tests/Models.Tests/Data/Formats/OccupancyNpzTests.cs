using System.IO.Compression;
using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Tests.Data.Numpy;

namespace Bitcurve.Models.Tests.Data.Formats;

public sealed class OccupancyNpzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadPoints_PackedBits_AreMostSignificantFirst()
    {
        // 11 points: bits 10110000 011; the last five bits are padding.
        Write("points.npz", 11, ("occupancies.npy", NumpyBytes.Npy("|u1", "(2,)", [0b1011_0000, 0b0110_0000])));
        OccupancyPoints points = OccupancyNpz.ReadPoints(folder.File("points.npz"));

        Assert.Equal([1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1], points.Occupancies);
        Assert.Equal(33, points.Points.Length);
        Assert.Equal([0, 0.25f, -0.5f, 0.0625f, 0.25f, -0.5f], points.Points[..6]);
        Assert.Equal((new Vector3(1, 2, 3), 1.5f), (points.Location, points.Scale));

        Write("bytes.npz", 3, ("occupancies.npy", NumpyBytes.Npy("|u1", "(3,)", [0, 1, 1])));
        Assert.Equal([0, 1, 1], OccupancyNpz.ReadPoints(folder.File("bytes.npz")).Occupancies);
    }

    [Fact]
    public void ReadPointCloud_Normals_AreRead()
    {
        Write("cloud.npz", 2, ("normals.npy", Floats("(2, 3)", 0, 0, 1, 1, 0, 0)));
        Assert.Equal([0, 0, 1, 1, 0, 0], OccupancyNpz.ReadPointCloud(folder.File("cloud.npz")).Normals);
    }

    [Fact]
    public void Read_Damaged_NamesArrayAndByte()
    {
        Write("a.npz", 11, ("occupancies.npy", NumpyBytes.Npy("|u1", "(3,)", [1, 2, 3])));
        Assert.Contains("a.npz!occupancies.npy: shape at byte 0: expected [2] (a bit for each of 11 points) or [11], actual [3]", Points("a.npz"));
        Write("b.npz", 3, ("occupancies.npy", NumpyBytes.Npy("|u1", "(3,)", [1, 2, 3])));
        Assert.Contains("b.npz!occupancies.npy: element at byte 129: expected 0 or 1, actual 2", Points("b.npz"));
        Write("c.npz", 3);
        Assert.Contains("expected an entry occupancies.npy", Points("c.npz"));
        Write("d.npz", 1, ("normals.npy", Floats("(1, 3)", 0, float.NaN, 1)));
        Assert.Contains("d.npz!normals.npy: element at byte 132: expected a finite number, actual NaN", Cloud("d.npz"));
        Write("e.npz", 2, ("normals.npy", Floats("(1, 3)", 0, 0, 1)));
        Assert.Contains("e.npz!normals.npy: shape at byte 0: expected [2, 3], actual [1, 3]", Cloud("e.npz"));
        File.WriteAllBytes(folder.File("f.npz"), NumpyBytes.Npz(
            CompressionLevel.Fastest, ("points.npy", Floats("(1, 3)", 0, 0, 0)), ("loc.npy", Floats("(3,)", 0, 0, 0)), ("scale.npy", Floats("()", 0))));
        Assert.Contains("expected at least one point and a scale above zero, actual 1 and 0", Cloud("f.npz"));
        Assert.Contains("no such file", Cloud("nowhere.npz"));
    }

    [Fact]
    public void Load_Published_GivesSamplesOfEachSplit()
    {
        foreach (string id in new[] { "a", "b", "c" })
        {
            Directory.CreateDirectory(folder.File($"02691156/{id}"));
            Write($"02691156/{id}/points.npz", 16, ("occupancies.npy", NumpyBytes.Npy("|u1", "(2,)", [0xFF, 0])));
            Write($"02691156/{id}/pointcloud.npz", 16, ("normals.npy", Floats("(16, 3)", new float[48])));
        }

        File.WriteAllText(folder.File("02691156/train.lst"), "a\n");
        File.WriteAllText(folder.File("02691156/val.lst"), "b");
        File.WriteAllText(folder.File("02691156/test.lst"), "c\n\n");
        var options = new OccupancyNpzOptions { SurfaceCount = 5, QueryCount = 16 };
        SampleSplits<PartsSample> splits = OccupancyNpz.Load(folder.Location, options);

        PartsSample sample = Assert.Single(splits.Train);
        Assert.Equal((15, 5, 48), (sample.Surface.Length, sample.SurfaceLabels.Length, sample.Queries.Length));
        // Point k has x = k / 16: the first eight are inside.
        Assert.Equal(Enumerable.Range(0, 16).Select(k => k / 16f), Enumerable.Range(0, 16).Select(k => sample.Queries[3 * k]).Order());
        Assert.All(sample.Occupancies, (occupancy, k) => Assert.Equal(sample.Queries[3 * k] < 0.5f, occupancy == 1));
        Assert.All(sample.QueryLabels, (label, k) => Assert.Equal(sample.Occupancies[k] == 1 ? 0 : OccupancySamples.Outside, label));
        Assert.Equal(["02691156"], splits.ClassNames);
        Assert.NotEqual(splits.SplitHash(Split.Train), splits.SplitHash(Split.Test));
        Assert.Equal(splits.ContentHash, OccupancyNpz.Load(folder.Location, options).ContentHash);

        string error = Assert.Throws<DataFormatException>(() => OccupancyNpz.Load(folder.Location, options with { QueryCount = 17 }).Train).Message;
        Assert.Equal($"{folder.File("02691156/a/points.npz")}: points: expected at least the 17 asked for, actual 16", error);
    }

    private static byte[] Floats(string shape, params float[] values) => NumpyBytes.Npy("<f4", shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private string Points(string name) => Assert.Throws<DataFormatException>(() => OccupancyNpz.ReadPoints(folder.File(name))).Message;

    private string Cloud(string name) => Assert.Throws<DataFormatException>(() => OccupancyNpz.ReadPointCloud(folder.File(name))).Message;

    // Points in half precision, as published: (k / 16, 0.25, -0.5).
    private void Write(string name, int count, params (string Name, byte[] Bytes)[] more)
    {
        byte[] points = [.. Enumerable.Range(0, count).SelectMany(k => new[] { (Half)(k / 16f), (Half)0.25f, (Half)(-0.5f) }).SelectMany(BitConverter.GetBytes)];
        byte[] location = NumpyBytes.Npy("<f8", "(3,)", [.. new double[] { 1, 2, 3 }.SelectMany(BitConverter.GetBytes)]);
        byte[] scale = NumpyBytes.Npy("<f8", "()", BitConverter.GetBytes(1.5));
        File.WriteAllBytes(folder.File(name), NumpyBytes.Npz(
            CompressionLevel.Fastest, [("points.npy", NumpyBytes.Npy("<f2", $"({count}, 3)", points)), ("loc.npy", location), ("scale.npy", scale), .. more]));
    }
}
