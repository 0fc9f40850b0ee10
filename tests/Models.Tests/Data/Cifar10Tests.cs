using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_SixFiles_KeepsRecordsInFileOrder()
    {
        WriteAll(folder.Location, recordsPerFile: 4);

        ImageSplits splits = Cifar10.Load(folder.Location);

        // 20 training images: the last tenth is validation.
        Assert.Equal((18, 2, 4), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal(18, splits.FineTuneCount);
        Assert.Equal((3, 32, 32), (splits.Train.Channels, splits.Train.Height, splits.Train.Width));
        Assert.Equal(Enumerable.Range(0, 18).Select(index => index % 10), splits.Train.Labels);
        Assert.Equal([8, 9], splits.Validation.Labels);
        Assert.Equal(Record(5 * 4 + 1)[1..], splits.Test.Image(1).ToArray());
        Assert.Equal(Record(19)[1..], splits.Validation.Image(1).ToArray());
        Assert.Equal("horse", splits.Train.ClassNames[7]);
    }

    [Fact]
    public void Load_ParentOfThePublishedFolder_FindsIt()
    {
        string published = folder.File("cifar-10-batches-bin");
        Directory.CreateDirectory(published);
        WriteAll(published, recordsPerFile: 1);

        ImageSplits splits = Cifar10.Load(folder.Location);

        Assert.Equal((4, 1, 1), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
    }

    [Fact]
    public void Load_MissingFolder_NamesIt()
    {
        string missing = folder.File("nowhere");

        RequireMessage(missing, $"{missing}: CIFAR-10 folder: expected a folder with data_batch_1.bin, actual no such folder");
    }

    [Theory]
    [InlineData("data_batch_1.bin")]
    [InlineData("data_batch_4.bin")]
    [InlineData("test_batch.bin")]
    public void Load_MissingFile_NamesIt(string name)
    {
        WriteAll(folder.Location, recordsPerFile: 1);
        File.Delete(folder.File(name));

        RequireMessage(folder.Location, $"{folder.File(name)}: CIFAR-10 file: expected a file of 3073-byte records, actual no such file");
    }

    [Fact]
    public void Load_EmptyFile_SaysSo()
    {
        WriteAll(folder.Location, recordsPerFile: 1);
        File.WriteAllBytes(folder.File("data_batch_2.bin"), []);

        RequireMessage(
            folder.Location,
            $"{folder.File("data_batch_2.bin")}: CIFAR-10 record at byte 0: "
            + "expected at least one record of 3073 bytes, actual an empty file");
    }

    [Theory]
    [InlineData(2 * 3073 - 1, 3073, 3072)]
    [InlineData(2 * 3073 + 1, 6146, 1)]
    public void Load_TruncatedFile_NamesTheOffsetOfTheIncompleteRecord(int length, int offset, int rest)
    {
        WriteAll(folder.Location, recordsPerFile: 1);
        File.WriteAllBytes(folder.File("test_batch.bin"), new byte[length]);

        RequireMessage(
            folder.Location,
            $"{folder.File("test_batch.bin")}: CIFAR-10 record at byte {offset}: expected 3073 bytes, "
            + $"actual {rest} bytes (the file is truncated)");
    }

    [Fact]
    public void Load_LabelAboveNine_NamesItsOffset()
    {
        WriteAll(folder.Location, recordsPerFile: 3);
        byte[] bytes = File.ReadAllBytes(folder.File("data_batch_5.bin"));
        bytes[2 * 3073] = 10;
        File.WriteAllBytes(folder.File("data_batch_5.bin"), bytes);

        RequireMessage(
            folder.Location, $"{folder.File("data_batch_5.bin")}: CIFAR-10 label at byte 6146: expected 0 .. 9, actual 10");
    }

    private static void RequireMessage(string directory, string expected) =>
        Assert.Equal(expected, Assert.Throws<DataFormatException>(() => Cifar10.Load(directory)).Message);

    private static void WriteAll(string directory, int recordsPerFile)
    {
        for (int file = 0; file < 6; file++)
        {
            string name = file < 5 ? $"data_batch_{file + 1}.bin" : "test_batch.bin";
            byte[] bytes = [.. Enumerable.Range(file * recordsPerFile, recordsPerFile).SelectMany(Record)];
            File.WriteAllBytes(Path.Combine(directory, name), bytes);
        }
    }

    /// <summary>A label byte, then 3072 bytes that tell the images and the positions apart.</summary>
    private static byte[] Record(int image) =>
        [(byte)(image % 10), .. Enumerable.Range(0, 3072).Select(position => (byte)(31 * image + position))];
}
