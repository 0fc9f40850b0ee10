namespace Bitcurve.Models.Data;

/// <summary>What the binary forms of CIFAR-10 and CIFAR-100 share: files of records, each some label bytes and then 3 x 32 x 32 pixel bytes.</summary>
/// <remarks>
/// Pixels are the red plane, then green, then blue, each row by row; the last label byte is the class.
/// Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009, and the data set's page (binary versions).
/// </remarks>
/// <param name="Title">For messages, e.g. "CIFAR-10".</param>
/// <param name="Name">For reports, e.g. "cifar10".</param>
/// <param name="PublishedFolder">Name of the folder in the published archive.</param>
/// <param name="TrainFiles">In their order.</param>
/// <param name="TestFile">One.</param>
/// <param name="LabelLimits">For each label byte of a record, its name and the number of its values.</param>
internal sealed record CifarRecords(
    string Title,
    string Name,
    string PublishedFolder,
    IReadOnlyList<string> TrainFiles,
    string TestFile,
    IReadOnlyList<(string Name, int Count)> LabelLimits)
{
    private const int ImageBytes = 3 * 32 * 32;

    internal int RecordBytes => LabelLimits.Count + ImageBytes;

    /// <summary>The given folder, or the published one within it.</summary>
    /// <exception cref="DataFormatException">There is no such folder.</exception>
    internal string FindFolder(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new DataFormatException(directory, $"{Title} folder", null, $"a folder with {TrainFiles[0]}", "no such folder");
        }

        string published = Path.Combine(directory, PublishedFolder);
        bool direct = File.Exists(Path.Combine(directory, TrainFiles[0]));
        return !direct && Directory.Exists(published) ? published : directory;
    }

    /// <summary>Reads all files. Validation is the last tenth of the training images in file order, at least one.</summary>
    /// <exception cref="DataFormatException">
    /// A file is missing or empty, its length is no multiple of the record's, there is only one training image, or a label is too large.</exception>
    internal ImageSplits Load(string folder, IReadOnlyList<string> classNames, Normalization normalization)
    {
        ImageDataset all = Read($"{Name} train and validation", folder, TrainFiles, classNames);
        ImageDataset test = Read($"{Name} test", folder, [TestFile], classNames);
        int validationCount = Math.Max(1, all.Count / 10);
        int trainCount = all.Count - validationCount;
        if (trainCount == 0)
        {
            throw new DataFormatException(
                Path.Combine(folder, TrainFiles[0]), $"{Title} records", null, "at least two, for training and validation", "one");
        }

        return new ImageSplits(
            all.Slice($"{Name} train", 0, trainCount),
            all.Slice($"{Name} validation", trainCount, validationCount),
            test,
            trainCount,
            normalization);
    }

    private ImageDataset Read(string name, string folder, IReadOnlyList<string> fileNames, IReadOnlyList<string> classNames)
    {
        string[] paths = [.. fileNames.Select(file => Path.Combine(folder, file))];
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
                files[file].AsSpan(offset + LabelLimits.Count, ImageBytes).CopyTo(pixels.AsSpan(image * ImageBytes));
                image++;
            }
        }

        return new ImageDataset(name, pixels, labels, classNames, 3, 32, 32);
    }

    private byte[] ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, $"{Title} file", null, $"a file of {RecordBytes}-byte records", "no such file");
        }

        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0)
        {
            throw new DataFormatException(path, $"{Title} record", 0, $"at least one record of {RecordBytes} bytes", "an empty file");
        }

        int rest = bytes.Length % RecordBytes;
        return rest == 0
            ? bytes
            : throw new DataFormatException(
                path, $"{Title} record", bytes.Length - rest, $"{RecordBytes} bytes", $"{rest} bytes (the file is truncated)");
    }

    // All label bytes are checked: a file of the other data set, or shifted by a byte, shows here.
    private int Label(string path, byte[] bytes, int offset)
    {
        for (int label = 0; label < LabelLimits.Count; label++)
        {
            if (bytes[offset + label] >= LabelLimits[label].Count)
            {
                throw new DataFormatException(
                    path, $"{Title} {LabelLimits[label].Name}", offset + label, $"0 .. {LabelLimits[label].Count - 1}", $"{bytes[offset + label]}");
            }
        }

        return bytes[offset + LabelLimits.Count - 1];
    }
}
