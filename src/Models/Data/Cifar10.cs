namespace Bitcurve.Models.Data;

/// <summary>Reads CIFAR-10 in its published binary form: five training files and one test file of 3073-byte records.</summary>
/// <remarks>
/// A record is one label byte (0 .. 9) and 3 x 32 x 32 pixel bytes: the red plane, then green, then blue, each row by row.
/// The published files hold 10,000 records each; files with fewer are read as they are.
/// Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009, and the data set's page (binary version).
/// </remarks>
public static class Cifar10
{
    /// <summary>Bytes of one record: a label and 3 x 32 x 32 pixels.</summary>
    public const int RecordBytes = 1 + ImageBytes;

    private const int ImageBytes = 3 * 32 * 32;
    private const string PublishedFolder = "cifar-10-batches-bin";
    private const string TestFile = "test_batch.bin";

    private static readonly string[] TrainFiles = [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")];

    /// <summary>The ten classes in the order of their numbers (batches.meta.txt).</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Mean and standard deviation of the 50,000 published training images, per channel.</summary>
    public static Normalization Normalization { get; } = new([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]);

    /// <summary>Reads the six files.</summary>
    /// <remarks>Validation is the last tenth of the training images in file order: 5,000 of the published 50,000.</remarks>
    /// <param name="directory">The folder with the files, or the one that holds "cifar-10-batches-bin".</param>
    /// <exception cref="DataFormatException">
    /// A folder or file is missing or empty, a file's length is no multiple of 3073, or a label is above 9.</exception>
    public static ImageSplits Load(string directory)
    {
        string folder = FindFolder(directory);
        ImageDataset all = Read("cifar10 train and validation", [.. TrainFiles.Select(name => Path.Combine(folder, name))]);
        ImageDataset test = Read("cifar10 test", [Path.Combine(folder, TestFile)]);
        // Five files that are not empty hold at least five images, so both parts have at least one.
        int validationCount = Math.Max(1, all.Count / 10);
        int trainCount = all.Count - validationCount;
        return new ImageSplits(
            all.Slice("cifar10 train", 0, trainCount),
            all.Slice("cifar10 validation", trainCount, validationCount),
            test,
            trainCount,
            Normalization);
    }

    private static string FindFolder(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new DataFormatException(directory, "CIFAR-10 folder", null, "a folder with data_batch_1.bin", "no such folder");
        }

        string published = Path.Combine(directory, PublishedFolder);
        bool direct = File.Exists(Path.Combine(directory, TrainFiles[0]));
        return !direct && Directory.Exists(published) ? published : directory;
    }

    private static ImageDataset Read(string name, IReadOnlyList<string> paths)
    {
        byte[][] files = [.. paths.Select(ReadFile)];
        int count = files.Sum(file => file.Length / RecordBytes);
        byte[] pixels = new byte[checked(count * ImageBytes)];
        int[] labels = new int[count];
        int image = 0;
        for (int file = 0; file < files.Length; file++)
        {
            for (int offset = 0; offset < files[file].Length; offset += RecordBytes)
            {
                labels[image] = Label(paths[file], files[file], offset);
                files[file].AsSpan(offset + 1, ImageBytes).CopyTo(pixels.AsSpan(image * ImageBytes));
                image++;
            }
        }

        return new ImageDataset(name, pixels, labels, ClassNames, 3, 32, 32);
    }

    private static byte[] ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "CIFAR-10 file", null, "a file of 3073-byte records", "no such file");
        }

        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0)
        {
            throw new DataFormatException(path, "CIFAR-10 record", 0, "at least one record of 3073 bytes", "an empty file");
        }

        int rest = bytes.Length % RecordBytes;
        return rest == 0
            ? bytes
            : throw new DataFormatException(
                path, "CIFAR-10 record", bytes.Length - rest, "3073 bytes", $"{rest} bytes (the file is truncated)");
    }

    private static int Label(string path, byte[] bytes, int offset) => bytes[offset] < ClassNames.Count
        ? bytes[offset]
        : throw new DataFormatException(path, "CIFAR-10 label", offset, "0 .. 9", $"{bytes[offset]}");
}
