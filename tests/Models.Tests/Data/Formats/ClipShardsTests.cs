using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Data.Formats;

public sealed class ClipShardsTests : IDisposable
{
    private const int ClipBytes = 3 * 2 * 2 * 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_Shards_GivesClipsFromTheirFiles()
    {
        Write("train-00000", 0, 2, shards: "2");
        Write("train-00001", 2, 3, shards: "2");
        Write("validation-00000", 5, 3);
        SampleSplits<ClipsSample> splits = ClipShards.Load(folder.Location, 2, 2);

        Assert.Equal(["fall", "jump"], splits.ClassNames);
        Assert.Equal([0, 1, 2, 3, 4], splits.Train.Select(clip => (int)clip.Frames[0]));
        Assert.Equal([0, 1, 0, 1, 0], splits.Train.Select(clip => clip.Motion));
        Assert.Equal(Clip(3), splits.Train[3].Frames);
        Assert.Equal([5, 6], splits.Validation.Select(clip => (int)clip.Frames[0]));
        Assert.Equal(7, Assert.Single(splits.Test).Frames[0]);
        Assert.Equal(64, splits.ContentHash.Length);

        Write("test-00000", 9, 1);
        Assert.Equal((3, 1), (ClipShards.Load(folder.Location, 2, 2).Validation.Count, ClipShards.Load(folder.Location, 2, 2).Test.Count));
    }

    [Fact]
    public void Load_WrongShards_NamesThem()
    {
        Assert.Contains("no such folder", Refusal(folder.File("nowhere")));
        Write("train-00000", 0, 2);
        Assert.Contains("expected train-00000.safetensors and validation-00000.safetensors", Refusal());
        Write("validation-00001", 0, 2);
        Assert.Contains("validation shards: expected validation-00000.safetensors, actual validation-00001.safetensors", Refusal());
        Write("validation-00000", 0, 1);
        File.Delete(folder.File("validation-00001.safetensors"));
        Assert.Contains("validation clips: expected at least two", Refusal());
        Write("validation-00000", 0, 2, shards: "3");
        Assert.Contains("number of validation shards: expected 3, actual 1", Refusal());
        Write("validation-00000", 0, 2, classes: """["fall"]""");
        Assert.Contains("label at byte", Refusal());
        Write("validation-00000", 0, 2, classes: """["fall", "run"]""");
        Assert.Contains("classes: expected the 2 of", Refusal());
        Write("validation-00000", 0, 2, format: "bitcurve-shards/1");
        Assert.Contains("metadata 'format': expected bitcurve-clip-shards/1, actual bitcurve-shards/1", Refusal());
        Write("validation-00000", 0, 2);
        Assert.Contains("expected [2, 3, 4, 2, 2], one clip per label, actual [2, 3, 2, 2, 2]", Assert.Throws<DataFormatException>(() => ClipShards.Load(folder.Location, 4, 2)).Message);
    }

    private static byte[] Clip(int number) => [(byte)number, .. Enumerable.Range(1, ClipBytes - 1).Select(k => (byte)(k * (number + 1)))];

    private string Refusal(string? place = null) => Assert.Throws<DataFormatException>(() => ClipShards.Load(place ?? folder.Location, 2, 2)).Message;

    private void Write(
        string name, int first, int count, string? shards = null, string classes = """["fall", "jump"]""", string format = "bitcurve-clip-shards/1")
    {
        var metadata = new Dictionary<string, string> { ["format"] = format, ["classes"] = classes };
        if (shards is not null)
        {
            metadata["shards"] = shards;
        }

        byte[] clips = [.. Enumerable.Range(first, count).SelectMany(Clip)];
        long[] labels = [.. Enumerable.Range(first, count).Select(k => (long)((k - first) % 2))];
        SafetensorsWriter.Write(
            folder.File($"{name}.safetensors"),
            [new SafetensorsEntry("clips", SafetensorsType.U8, [count, 3, 2, 2, 2], clips), SafetensorsEntry.FromInt64("labels", [count], labels)],
            metadata);
    }
}
