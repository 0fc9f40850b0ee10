using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

public sealed class Cifar100Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_TwoFiles_UsesTheFineLabels()
    {
        WriteAll(folder.Location, trainRecords: 21, testRecords: 3);

        ImageSplits splits = Cifar100.Load(folder.Location);

        // 21 training images: the last tenth (two) is validation.
        Assert.Equal((19, 2, 3), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal(Enumerable.Range(0, 19).Select(Fine), splits.Train.Labels);
        Assert.Equal([Fine(19), Fine(20)], splits.Validation.Labels);
        Assert.Equal(Record(20)[2..], splits.Validation.Image(1).ToArray());
        Assert.Equal(Record(1)[2..], splits.Test.Image(1).ToArray());
        Assert.Equal(0.2762, splits.Normalization.StandardDeviation[2]);
    }

    [Fact]
    public void ClassNames_Published_AreAHundredInAlphabeticalOrder()
    {
        Assert.Equal(100, Cifar100.ClassNames.Distinct().Count());
        Assert.Equal(Cifar100.ClassNames.Order(StringComparer.Ordinal), Cifar100.ClassNames);
        Assert.Equal(("apple", "maple_tree", "worm"), (Cifar100.ClassNames[0], Cifar100.ClassNames[47], Cifar100.ClassNames[99]));
    }

    [Fact]
    public void Load_NamesBesideTheFiles_AreUsed()
    {
        string published = folder.File("cifar-100-binary");
        Directory.CreateDirectory(published);
        WriteAll(published, trainRecords: 2, testRecords: 1);
        string names = Path.Combine(published, "fine_label_names.txt");
        File.WriteAllText(names, string.Join('\n', Enumerable.Range(0, 100).Select(k => $"name{k}")) + "\n\n");

        Assert.Equal("name99", Cifar100.Load(folder.Location).Train.ClassNames[99]);

        File.WriteAllText(names, "apple\nbear\n");
        RequireMessage($"{names}: names of the fine labels: expected 100, actual 2");
    }

    [Fact]
    public void Load_MissingFolderOrFile_NamesIt()
    {
        string missing = folder.File("nowhere");
        var error = Assert.Throws<DataFormatException>(() => Cifar100.Load(missing));
        Assert.Equal($"{missing}: CIFAR-100 folder: expected a folder with train.bin, actual no such folder", error.Message);

        WriteAll(folder.Location, trainRecords: 2, testRecords: 1);
        File.Delete(folder.File("test.bin"));
        RequireMessage($"{folder.File("test.bin")}: CIFAR-100 file: expected a file of 3074-byte records, actual no such file");
    }

    [Fact]
    public void Load_TruncatedRecord_NamesItsOffset()
    {
        WriteAll(folder.Location, trainRecords: 2, testRecords: 1);
        File.WriteAllBytes(folder.File("train.bin"), new byte[2 * 3074 - 1]);

        RequireMessage(
            $"{folder.File("train.bin")}: CIFAR-100 record at byte 3074: expected 3074 bytes, actual 3073 bytes (the file is truncated)");
    }

    [Theory]
    [InlineData(0, 20, "coarse label at byte 3074: expected 0 .. 19, actual 20")]
    [InlineData(1, 100, "fine label at byte 3075: expected 0 .. 99, actual 100")]
    public void Load_LabelTooLarge_NamesItsOffset(int position, byte label, string message)
    {
        WriteAll(folder.Location, trainRecords: 3, testRecords: 1);
        byte[] bytes = File.ReadAllBytes(folder.File("train.bin"));
        bytes[3074 + position] = label;
        File.WriteAllBytes(folder.File("train.bin"), bytes);

        RequireMessage($"{folder.File("train.bin")}: CIFAR-100 {message}");
    }

    [Fact]
    public void Load_OneTrainingImage_AsksForTwo()
    {
        WriteAll(folder.Location, trainRecords: 1, testRecords: 1);

        RequireMessage($"{folder.File("train.bin")}: CIFAR-100 records: expected at least two, for training and validation, actual one");
    }

    private void RequireMessage(string expected) =>
        Assert.Equal(expected, Assert.Throws<DataFormatException>(() => Cifar100.Load(folder.Location)).Message);

    private static void WriteAll(string directory, int trainRecords, int testRecords)
    {
        File.WriteAllBytes(Path.Combine(directory, "train.bin"), [.. Enumerable.Range(0, trainRecords).SelectMany(Record)]);
        File.WriteAllBytes(Path.Combine(directory, "test.bin"), [.. Enumerable.Range(0, testRecords).SelectMany(Record)]);
    }

    private static int Fine(int image) => 37 * image % 100;

    /// <summary>A coarse and a fine label, then 3072 bytes that tell the images and the positions apart.</summary>
    private static byte[] Record(int image) =>
        [(byte)(image % 20), (byte)Fine(image), .. Enumerable.Range(0, 3072).Select(position => (byte)(31 * image + position))];
}
