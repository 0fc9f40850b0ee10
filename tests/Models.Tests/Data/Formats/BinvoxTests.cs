using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Formats;

public sealed class BinvoxTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_Runs_AreInTheFilesOrder()
    {
        // 2^3 voxels: y runs fastest, then z, then x; number 1 is (0, 1, 0), number 6 is (1, 0, 1).
        Binvox grid = Binvox.Read(File("#binvox 1\ndim 2 2 2\ntranslate -0.5 0 1e1\nscale 4.5\ndata\n", [0, 1, 1, 1, 0, 4, 1, 1, 0, 1]), "f");

        byte[] expected = new byte[8];
        expected[0b010] = 1; // z y x
        expected[0b101] = 1;
        Assert.Equal(expected, grid.Voxels);
        Assert.Equal((2, 4.5f, -0.5f, 10f), (grid.Resolution, grid.Scale, grid.Translate.X, grid.Translate.Z));
        Assert.Equal([1], grid.Reduced(1));
        Assert.Throws<ArgumentException>(() => grid.Reduced(3));
    }

    [Fact]
    public void Reduced_Grid_IsOccupiedWhereAPartIs()
    {
        var random = new KeyedRandom(4);
        byte[] voxels = [.. Enumerable.Range(0, 6 * 6 * 6).Select(_ => (byte)(random.NextInt(4) / 3))];
        byte[] reduced = new Binvox(voxels, 6, default, 1).Reduced(2);

        Assert.All(reduced, (voxel, k) => Assert.Equal(
            Enumerable.Range(0, 27).Any(part => voxels[((((k / 4 * 3) + (part / 9)) * 6) + (k / 2 % 2 * 3) + (part / 3 % 3)) * 6 + (k % 2 * 3) + (part % 3)] == 1), voxel == 1));
    }

    [Theory]
    [InlineData("#binvox 2\n", new byte[0], "f: magic at byte 0: expected #binvox 1, actual #binvox 2")]
    [InlineData("#binvox 1", new byte[0], "f: header line at byte 0: expected one of at most 200 characters, actual 9 bytes without an end of line")]
    [InlineData("#binvox 1\ndim 2 2 3\n", new byte[0], "f: header line at byte 10: expected dim D D D (D at most 1024)")]
    [InlineData("#binvox 1\ndim 2000 2000 2000\n", new byte[0], "header line at byte 10")]
    [InlineData("#binvox 1\ndata\n", new byte[0], "f: header line at byte 10")]
    [InlineData("#binvox 1\ndim 1 1 1\nscale 0\ndata\n", new byte[0], "f: header line at byte 28")]
    [InlineData("#binvox 1\ndim 1 1 1\nscale nan\n", new byte[0], "f: header line at byte 20: expected a finite number, actual nan")]
    [InlineData("#binvox 1\ndim 1 1 1\ndata\n", new byte[] { 1 }, "f: run at byte 25: expected runs of 1 voxels, actual 0 (the file is truncated)")]
    [InlineData("#binvox 1\ndim 1 1 1\ndata\n", new byte[] { 2, 1 }, "f: run at byte 25: expected 0 or 1, then 1 .. 1 times, actual 2, 1 times")]
    [InlineData("#binvox 1\ndim 1 1 1\ndata\n", new byte[] { 1, 0 }, "actual 1, 0 times")]
    [InlineData("#binvox 1\ndim 1 1 1\ndata\n", new byte[] { 1, 2 }, "actual 1, 2 times")]
    [InlineData("#binvox 1\ndim 1 1 1\ndata\n", new byte[] { 1, 1, 0 }, "f: end at byte 27: expected nothing after the last voxel, actual 1 bytes")]
    public void Read_Damaged_NamesTheByte(string header, byte[] runs, string message) =>
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => Binvox.Read(File(header, runs), "f")).Message);

    [Fact]
    public void Load_Lists_DecideTheSplits()
    {
        Write("chair/a.binvox", 0);
        Write("chair/b/models/model_normalized.surface.binvox", 0);
        Write("chair/b/models/model_normalized.solid.binvox", 1);
        Write("chair/c/model.binvox", 1);
        System.IO.File.WriteAllLines(folder.File("chair/train.lst"), ["b", ""]);
        System.IO.File.WriteAllLines(folder.File("chair/val.lst"), ["a"]);
        System.IO.File.WriteAllLines(folder.File("chair/test.lst"), ["c"]);
        SampleSplits<SolidsSample> splits = BinvoxFolder.Load(folder.Location, 1);

        Assert.Equal([1], Assert.Single(splits.Train).Voxels);
        Assert.Equal([0], Assert.Single(splits.Validation).Voxels);
        Assert.Single(splits.Test);
        Assert.Equal(["chair"], splits.ClassNames);
        Assert.Contains("expected a multiple of 4, actual 2", Refusal(() => BinvoxFolder.Load(folder.Location, 4).Train));

        System.IO.File.WriteAllLines(folder.File("chair/test.lst"), ["c", "d"]);
        Assert.Equal($"{folder.File("chair/test.lst")}: name (line 2): expected one that is there, once, actual d", Refusal(() => BinvoxFolder.Load(folder.Location, 1).Test));
        System.IO.File.Delete(folder.File("chair/test.lst"));
        Assert.Contains("test.lst: list: expected a file", Refusal(() => BinvoxFolder.Load(folder.Location, 1).Test));
        Directory.CreateDirectory(folder.File("chair/e"));
        Assert.Contains("chair/e: item: expected one .binvox file for each name, actual 0 here", Refusal(() => BinvoxFolder.Load(folder.Location, 1)));
    }

    [Fact]
    public void Load_NoLists_SplitsByHash()
    {
        for (int k = 0; k < 300; k++)
        {
            Write($"chair/{k}.binvox", 1);
        }

        SampleSplits<SolidsSample> splits = BinvoxFolder.Load(folder.Location, 2);

        Assert.Equal(300, splits.Train.Count + splits.Validation.Count + splits.Test.Count);
        // Three standard deviations of a binomial of 300 and 0.1 are 16.
        Assert.InRange(splits.Validation.Count, 14, 46);
        Assert.InRange(splits.Test.Count, 14, 46);
    }

    private static string Refusal(Func<object> read) => Assert.Throws<DataFormatException>(read).Message;

    private static byte[] File(string header, byte[] runs) => [.. Encoding.ASCII.GetBytes(header), .. runs];

    private void Write(string name, byte value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        System.IO.File.WriteAllBytes(folder.File(name), File("#binvox 1\ndim 2 2 2\ntranslate 0 0 0\nscale 1\ndata\n", [value, 8]));
    }
}
