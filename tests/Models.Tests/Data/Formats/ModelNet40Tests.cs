using System.Globalization;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Formats;

public sealed class ModelNet40Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_Published_GivesVoxelsAndLabels()
    {
        for (int k = 1; k <= 20; k++)
        {
            Write("bathtub", "train", k, 1, 1, 2);
            Write("chair", "train", k, 2, 1, 1);
        }

        Write("bathtub", "test", 21, 1, 1, 2);
        Write("chair", "test", 21, 2, 1, 1);
        SampleSplits<SolidsSample> splits = ModelNet40.Load(folder.Location, 10);

        Assert.Equal(["bathtub", "chair"], splits.ClassNames);
        Assert.Equal(2, splits.Test.Count);
        Assert.Equal(40, splits.Train.Count + splits.Validation.Count);
        Assert.InRange(splits.Validation.Count, 1, 10);
        Assert.Equal([0, 1], splits.Test.Select(sample => sample.Category));

        // z is up in the file: the bathtub's long side lies along our y, 8 x 4 x 4 of 10^3 voxels.
        Assert.Equal((8, 4), (Extent(splits.Test[0].Voxels, 10), Extent(splits.Test[0].Voxels, 1)));
        Assert.Equal((4, 8), (Extent(splits.Test[1].Voxels, 10), Extent(splits.Test[1].Voxels, 1)));
        Assert.Equal(64, splits.ContentHash.Length);
    }

    [Fact]
    public void Load_WrongFolders_NamesThem()
    {
        Assert.Contains("no such folder", Refusal(() => ModelNet40.Load(folder.File("nowhere"), 10)));
        Assert.Contains("expected a folder of class folders, actual none in it", Refusal(() => ModelNet40.Load(folder.Location, 10)));
        Write("chair", "train", 1, 1, 1, 1);
        Assert.StartsWith(folder.File("chair/test") + ": class folder: expected a folder with .off files", Refusal(() => ModelNet40.Load(folder.Location, 10)));
    }

    [Fact]
    public void Load_DamagedMesh_IsNamedWhenItsSplitIsRead()
    {
        Write("chair", "train", 1, 1, 1, 1);
        Write("chair", "test", 1, 1, 1, 1);
        File.WriteAllText(folder.File("chair/test/chair_0001.off"), "OFF 3 1 0\n0 0 0\n");
        SampleSplits<SolidsSample> splits = ModelNet40.Load(folder.Location, 10);

        Assert.Equal($"{folder.File("chair/test/chair_0001.off")}: vertex 1 (line 2): expected 3 fields, actual the end of the file", Refusal(() => splits.Test));
        File.WriteAllText(folder.File("chair/test/chair_0001.off"), "OFF 1 1 0\n0 0 0\n3 0 0 0\n");
        Assert.Contains("extent of the mesh", Refusal(() => ModelNet40.Load(folder.Location, 10).Test));
    }

    private static string Refusal(Func<object> read) => Assert.Throws<DataFormatException>(read).Message;

    private static int Extent(byte[] voxels, int step) =>
        voxels.Select((voxel, k) => (voxel, k / step % 10)).Where(pair => pair.voxel == 1).Select(pair => pair.Item2).Distinct().Count();

    private void Write(string name, string split, int number, int x, int y, int z)
    {
        Directory.CreateDirectory(folder.File($"{name}/{split}"));
        string[] corners = [.. Enumerable.Range(0, 8).Select(k => string.Create(CultureInfo.InvariantCulture, $"{(k & 1) * x} {(k >> 1 & 1) * y} {(k >> 2) * z}"))];
        string text = $"OFF8 6 0\n{string.Join('\n', corners)}\n4 0 2 3 1\n4 4 5 7 6\n4 0 1 5 4\n4 2 6 7 3\n4 0 4 6 2\n4 1 3 7 5\n";
        File.WriteAllText(folder.File($"{name}/{split}/{name}_{number:D4}.off"), text);
    }
}
