using System.IO.Compression;
using Bitcurve.Models.Data;
using Bitcurve.Models.Tests.Data.Numpy;

namespace Bitcurve.Models.Tests.Data;

public sealed class ImageNet32Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Load_SomeTrainingFiles_JoinsThemInOrder(CompressionLevel compression)
    {
        Write("train_data_batch_1.npz", 0, 3, compression);
        Write("train_data_batch_10.npz", 7, 2, compression);
        Write("train_data_batch_2.npz", 3, 4, compression);
        Write("val_data.npz", 20, 5, compression);

        ImageSplits splits = ImageNet32.Load(folder.Location);

        Assert.Equal((9, 3, 2), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal(Enumerable.Range(0, 9).Select(Label), splits.Train.Labels.Select(label => label + 1));
        for (int image = 0; image < 9; image++)
        {
            Assert.Equal(Image(image), splits.Train.Image(image).ToArray());
        }

        Assert.Equal(Image(22), splits.Validation.Image(2).ToArray());
        Assert.Equal(Image(23), splits.Test.Image(0).ToArray());
        Assert.Equal(Label(24), splits.Test.Labels[1] + 1);
        Assert.Equal((9, 1000, "class 1000"), (splits.FineTuneCount, splits.Train.ClassNames.Count, splits.Train.ClassNames[999]));
    }

    [Theory]
    [InlineData("<i4", 4)]
    [InlineData("<u2", 2)]
    public void Load_OtherLabelTypes_AreRead(string descr, int bytes)
    {
        byte[] labels = [.. new[] { 1, 1000 }.SelectMany(label => BitConverter.GetBytes(label)[..bytes])];
        WriteArrays("train_data_batch_1.npz", NumpyBytes.Npy("|u1", "(2, 3072)", new byte[2 * 3072]), NumpyBytes.Npy(descr, "(2,)", labels));
        Write("val_data.npz", 0, 2);

        Assert.Equal([0, 999], ImageNet32.Load(folder.Location).Train.Labels);
    }

    [Fact]
    public void Load_NamesBesideTheFiles_AreUsed()
    {
        Write("train_data_batch_1.npz", 0, 1);
        Write("val_data.npz", 0, 2);
        string names = folder.File("map_clsloc.txt");
        File.WriteAllLines(names, Enumerable.Range(1, 1000).Reverse().Select(number => $"n{number:D8} {number} name_{number}"));
        Assert.Equal("name_3", ImageNet32.Load(folder.Location).Train.ClassNames[2]);

        File.WriteAllText(names, "n00000001 1 one\nn00000002 1 again\n");
        RequireMessage($"{names}: class name: expected WNID NUMBER NAME, each number of 1 .. 1000 once, actual n00000002 1 again");
        File.WriteAllText(names, "n00000001 1 one\n");
        RequireMessage($"{names}: class names: expected 1000, actual 1");
    }

    [Fact]
    public void Load_MissingFolderOrFiles_NamesThem()
    {
        string missing = folder.File("nowhere");
        Assert.Equal(
            $"{missing}: ImageNet32 folder: expected a folder with train_data_batch_1.npz, actual no such folder",
            Assert.Throws<DataFormatException>(() => ImageNet32.Load(missing)).Message);
        RequireMessage(
            $"{folder.Location}: ImageNet32 training files: expected at least one of train_data_batch_1.npz .. train_data_batch_10.npz, actual none");
        Write("train_data_batch_3.npz", 0, 1);
        RequireMessage($"{folder.File("val_data.npz")}: npz file: expected a file, actual no such file");
        Write("val_data.npz", 0, 1);
        RequireMessage($"{folder.File("val_data.npz")}: validation images: expected at least two, half of them for the test split, actual 1");
    }

    [Theory]
    [InlineData("|u1", "(2, 3072)", 6144, "<i8", "(2,)", "1 1001", "labels.npy: label at byte 136: expected 1 .. 1000, actual 1001")]
    [InlineData("|u1", "(2, 3072)", 6144, "<i8", "(2,)", "0 1", "labels.npy: label at byte 128: expected 1 .. 1000, actual 0")]
    [InlineData("|u1", "(2, 3072)", 6144, "<f8", "(2,)", "1 1", "labels.npy: descr at byte 0: expected <u2 or <i2 or <u4 or <i4 or <u8 or <i8, actual <f8")]
    [InlineData("|u1", "(2, 3072)", 6144, "<i8", "(2, 1)", "1 1", "labels.npy: shape at byte 0: expected [any], actual [2, 1]")]
    [InlineData("|u1", "(2, 3072)", 6144, "<i8", "(3,)", "1 1 1", "data.npy: shape at byte 0: expected [3, 3072], actual [2, 3072]")]
    [InlineData("|u1", "(2, 768)", 1536, "<i8", "(2,)", "1 1", "data.npy: shape at byte 0: expected [2, 3072], actual [2, 768]")]
    [InlineData("|i1", "(2, 3072)", 6144, "<i8", "(2,)", "1 1", "data.npy: descr at byte 0: expected |u1, actual |i1")]
    [InlineData("|u1", "(2, 3072)", 6143, "<i8", "(2,)", "1 1", "data.npy: data at byte 128: expected 6144 bytes for |u1 [2, 3072], actual 6143 (the file is truncated)")]
    public void Load_WrongArrays_NamesEntryAndByte(
        string dataType, string dataShape, int dataBytes, string labelType, string labelShape, string labels, string message)
    {
        Write("train_data_batch_1.npz", 0, 1);
        byte[] labelBytes = NumpyBytes.Int64(labels.Split(' ').Select(long.Parse));
        WriteArrays("val_data.npz", NumpyBytes.Npy(dataType, dataShape, new byte[dataBytes]), NumpyBytes.Npy(labelType, labelShape, labelBytes));

        RequireMessage($"{folder.File("val_data.npz")}!{message}");
    }

    [Fact]
    public void Load_ArchiveWithoutData_ListsWhatItHas()
    {
        Write("train_data_batch_1.npz", 0, 1);
        File.WriteAllBytes(
            folder.File("val_data.npz"),
            NumpyBytes.Npz(CompressionLevel.Optimal, ("x.npy", NumpyBytes.Npy("|u1", "(1,)", [1])), ("y.txt", [1])));

        RequireMessage($"{folder.File("val_data.npz")}: npz file: expected an entry labels.npy, actual only x.npy, y.txt");
    }

    private void RequireMessage(string expected) =>
        Assert.Equal(expected, Assert.Throws<DataFormatException>(() => ImageNet32.Load(folder.Location)).Message);

    private void Write(string name, int first, int count, CompressionLevel compression = CompressionLevel.Optimal)
    {
        int[] images = [.. Enumerable.Range(first, count)];
        byte[] data = NumpyBytes.Npy("|u1", $"({count}, 3072)", [.. images.SelectMany(Image)]);
        byte[] labels = NumpyBytes.Npy("<i8", $"({count},)", NumpyBytes.Int64(images.Select(image => (long)Label(image))));
        WriteArrays(name, data, labels, compression);
    }

    private void WriteArrays(string name, byte[] data, byte[] labels, CompressionLevel compression = CompressionLevel.Optimal) =>
        File.WriteAllBytes(folder.File(name), NumpyBytes.Npz(compression, ("data.npy", data), ("labels.npy", labels)));

    private static int Label(int image) => 1 + (333 * image % 1000);

    private static byte[] Image(int image) => [.. Enumerable.Range(0, 3072).Select(position => (byte)(31 * image + position))];
}
