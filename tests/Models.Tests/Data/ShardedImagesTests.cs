using Bitcurve.Models.Data;
using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Data;

public sealed class ShardedImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_WithoutTestShards_HalvesTheValidationImages()
    {
        ShardFiles.Write(Shard("train-00000"), 0, 4, shards: "2");
        ShardFiles.Write(Shard("train-00001"), 4, 3, shards: "2");
        ShardFiles.Write(Shard("validation-00000"), 20, 3);
        ShardFiles.Write(Shard("validation-00001"), 23, 2);

        ImageSplits splits = ShardedImages.Load(folder.Location);

        Assert.Equal((7, 3, 2), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal((3, 2, 3), (splits.Train.Channels, splits.Train.Height, splits.Train.Width));
        Assert.Equal(["cat", "dog"], splits.Train.ClassNames);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0], splits.Train.Labels);
        for (int image = 0; image < 7; image++)
        {
            Assert.Equal(ShardFiles.Image(image), splits.Train.Image(image).ToArray());
        }

        Assert.Equal(ShardFiles.Image(22), splits.Validation.Image(2).ToArray());
        Assert.Equal(ShardFiles.Image(24), splits.Test.Image(1).ToArray());
    }

    [Fact]
    public void Load_WithTestShards_KeepsTheSplits()
    {
        WriteSmallest();
        ShardFiles.Write(Shard("test-00000"), 30, 3);

        ImageSplits splits = ShardedImages.Load(folder.Location);

        Assert.Equal((2, 2, 3), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal(ShardFiles.Image(32), splits.Test.Image(2).ToArray());
    }

    [Fact]
    public void ContentHash_ImagesInFiles_EqualsThatOfTheSameImagesInMemory()
    {
        WriteSmallest();
        byte[] pixels = [.. ShardFiles.Image(0), .. ShardFiles.Image(1)];

        Assert.Equal(
            new ImageDataset("x", pixels, [0, 1], ["cat", "dog"], 3, 2, 3).ContentHash, ShardedImages.Load(folder.Location).Train.ContentHash);
    }

    [Fact]
    public void Image_FileBecameShorter_SaysSo()
    {
        WriteSmallest();
        ImageDataset train = ShardedImages.Load(folder.Location).Train;
        // The open shard is locked against writers that ask; this one does not.
        using (FileStream file = new(Shard("train-00000"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length - 16 - 10); // two labels of 8 bytes, 10 bytes of the last image
        }

        Assert.Equal(ShardFiles.Image(0), train.Image(0).ToArray());
        string message = Assert.Throws<DataFormatException>(() => train.Image(1).ToArray()).Message;
        Assert.EndsWith("expected 18 bytes, actual 8 (the file became shorter)", message);
    }

    [Fact]
    public void Load_MissingFolderOrShards_NamesThem()
    {
        string missing = folder.File("nowhere");
        Assert.Equal(
            $"{missing}: shard folder: expected a folder with train-00000.safetensors, actual no such folder",
            Assert.Throws<DataFormatException>(() => ShardedImages.Load(missing)).Message);
        RequireMessage($"{folder.Location}: train shards: expected train-00000.safetensors, actual no such file");
        WriteSmallest();
        ShardFiles.Write(Shard("train-00002"), 0, 2);
        RequireMessage($"{folder.Location}: train shards: expected train-00001.safetensors, actual train-00002.safetensors");
        File.Delete(Shard("train-00002"));
        ShardFiles.Write(Shard("train-00000"), 0, 2, shards: "3");
        RequireMessage($"{Shard("train-00000")}: number of train shards: expected 3, actual 1");
        ShardFiles.Write(Shard("train-00000"), 0, 2);
        ShardFiles.Write(Shard("validation-00000"), 0, 1);
        RequireMessage($"{folder.Location}: validation images: expected at least two, half of them for the test split, actual 1");
    }

    [Fact]
    public void Load_WrongMetadata_ShowsIt()
    {
        WriteSmallest();
        string path = Shard("train-00000");
        ShardFiles.Write(path, [1, 3, 2, 3], new byte[18], [0], format: "shards/2");
        RequireMessage($"{path}: metadata 'format': expected bitcurve-shards/1, actual shards/2");
        ShardFiles.Write(path, [1, 3, 2, 3], new byte[18], [0], classes: "[]");
        RequireMessage($"{path}: metadata 'classes': expected a JSON list of names, actual []");
        ShardFiles.Write(path, [1, 3, 2, 3], new byte[18], [0], classes: "cat");
        Assert.StartsWith($"{path}: metadata 'classes': expected a JSON list of names, actual cat (", Refusal());
        ShardFiles.Write(path, [1, 3, 2, 3], new byte[18], [0], shards: "-1");
        RequireMessage($"{path}: metadata 'shards': expected a number, actual -1");
    }

    [Fact]
    public void Load_WrongTensors_NamesThem()
    {
        WriteSmallest();
        string path = Shard("train-00000");
        var metadata = new Dictionary<string, string> { ["format"] = "bitcurve-shards/1", ["classes"] = ShardFiles.Classes };
        SafetensorsWriter.Write(path, [SafetensorsEntry.FromInt64("labels", [1], [0])], metadata);
        RequireMessage($"{path}: tensors: expected one named 'images', actual labels");

        SafetensorsEntry images = SafetensorsEntry.FromInt64("images", [1, 3, 2, 3], new long[18]);
        SafetensorsWriter.Write(path, [images, SafetensorsEntry.FromInt64("labels", [1], [0])], metadata);
        Assert.EndsWith("expected U8 of 4 dimensions, actual I64 [1, 3, 2, 3]", Refusal());

        ShardFiles.Write(path, [1, 1, 6, 3], new byte[18], [0]);
        Assert.EndsWith("expected [1, 3, H, W], one image per label, actual [1, 1, 6, 3]", Refusal());
        ShardFiles.Write(path, [1, 3, 2, 3], new byte[18], [0, 1]);
        Assert.EndsWith("expected [2, 3, H, W], one image per label, actual [1, 3, 2, 3]", Refusal());
        ShardFiles.Write(path, [0, 3, 2, 3], [], []);
        Assert.EndsWith("expected [0, 3, H, W], one image per label, actual [0, 3, 2, 3]", Refusal());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Load_LabelWithoutClass_NamesItsOffset(long label)
    {
        WriteSmallest();
        string path = Shard("train-00000");
        ShardFiles.Write(path, [2, 3, 2, 3], new byte[36], [0, label]);

        RequireMessage($"{path}: label at byte {new FileInfo(path).Length - 8}: expected 0 .. 1, actual {label}");
    }

    [Fact]
    public void Load_ShardsThatDoNotFitTogether_NamesBoth()
    {
        WriteSmallest();
        ShardFiles.Write(Shard("validation-00000"), [2, 3, 3, 2], new byte[36], [0, 1]);
        RequireMessage($"{Shard("validation-00000")}: image size: expected (3, 2, 3) as in {Shard("train-00000")}, actual (3, 3, 2)");
        ShardFiles.Write(Shard("validation-00000"), [2, 3, 2, 3], new byte[36], [0, 1], classes: """["cat", "wolf"]""");
        RequireMessage($"{Shard("validation-00000")}: classes: expected the 2 of {Shard("train-00000")}, actual 2, not all the same");
    }

    [Fact]
    public void Load_EveryTruncation_IsRefused()
    {
        WriteSmallest();
        byte[] whole = File.ReadAllBytes(Shard("train-00000"));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Shard("train-00000"), whole[..length]);
            Assert.StartsWith(Shard("train-00000"), Refusal());
        }
    }

    private string Shard(string name) => folder.File($"{name}.safetensors");

    private void WriteSmallest()
    {
        ShardFiles.Write(Shard("train-00000"), 0, 2);
        ShardFiles.Write(Shard("validation-00000"), 0, 2);
    }

    private string Refusal() => Assert.Throws<DataFormatException>(() => ShardedImages.Load(folder.Location)).Message;

    private void RequireMessage(string expected) => Assert.Equal(expected, Refusal());
}
