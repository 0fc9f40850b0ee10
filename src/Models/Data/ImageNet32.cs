using Bitcurve.Models.Data.Numpy;

namespace Bitcurve.Models.Data;

/// <summary>Reads ImageNet at 32 x 32 pixels in its published npz form: train_data_batch_1.npz .. train_data_batch_10.npz and val_data.npz.</summary>
/// <remarks>
/// A file holds <c>data.npy</c>, N x 3072 bytes (the red plane, then green, then blue, each row by row), and <c>labels.npy</c>, N whole
/// numbers 1 .. 1000; <c>mean.npy</c> is not used. Source: Chrabaszcz, Loshchilov, Hutter, "A downsampled variant of ImageNet as an
/// alternative to the CIFAR datasets", 2017. All published files together take 4.1 GB of memory.
/// </remarks>
public static class ImageNet32
{
    private const int Classes = 1000;
    private const int ImageBytes = 3 * 32 * 32;
    private const int TrainFiles = 10;
    private const string ValidationFile = "val_data.npz";
    private const string NamesFile = "map_clsloc.txt";

    private static readonly NpyType[] LabelTypes =
        [NpyType.U16, NpyType.I16, NpyType.U32, NpyType.I32, NpyType.U64, NpyType.I64];

    /// <summary>Reads the training files that are there, at least one, and the validation file.</summary>
    /// <remarks>
    /// The first half of the validation images is validation, the second half the test split. Classes are named after map_clsloc.txt
    /// (lines "WNID NUMBER NAME") where it lies in the folder, and otherwise "class 1" .. "class 1000".
    /// </remarks>
    /// <exception cref="DataFormatException">
    /// The folder, all training files or the validation file are missing, or one of them breaks its format; names FILE!ENTRY and byte.</exception>
    public static ImageSplits Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new DataFormatException(directory, "ImageNet32 folder", null, "a folder with train_data_batch_1.npz", "no such folder");
        }

        string[] train =
        [
            .. Enumerable.Range(1, TrainFiles)
                .Select(number => Path.Combine(directory, $"train_data_batch_{number}.npz"))
                .Where(File.Exists),
        ];
        if (train.Length == 0)
        {
            throw new DataFormatException(
                directory, "ImageNet32 training files", null, "at least one of train_data_batch_1.npz .. train_data_batch_10.npz", "none");
        }

        string validation = Path.Combine(directory, ValidationFile);
        IReadOnlyList<string> names = ReadNames(Path.Combine(directory, NamesFile));
        // The small file first: what is wrong with the folder shows before gigabytes are read.
        ImageDataset validationImages = Read("imagenet32 validation and test", [validation], names);
        return ImageNetSplits.Create("imagenet32", Read("imagenet32 train", train, names), validationImages, null, validation);
    }

    private static ImageDataset Read(string name, IReadOnlyList<string> paths, IReadOnlyList<string> classNames)
    {
        var files = paths.Select(ReadFile).ToList();
        int[] labels = [.. files.SelectMany(file => file.Labels)];
        return ImageDataset.FromChunks(name, files.Select(file => file.Images), labels, classNames, (3, 32, 32));
    }

    private static (ImageChunk Images, int[] Labels) ReadFile(string path)
    {
        using NpzFile file = NpzFile.Open(path);
        NpyArray labels = file.Read("labels");
        labels.Require(LabelTypes, labels.Shape.Count == 1 ? labels.Shape[0] : null);
        NpyArray data = file.Read("data").Require([NpyType.U8], labels.Shape[0], ImageBytes);
        return (new MemoryChunk(data.Bytes, ImageBytes), ClassNumbers(labels));
    }

    private static int[] ClassNumbers(NpyArray labels)
    {
        long[] values = labels.ToInt64();
        int[] numbers = new int[values.Length];
        for (int k = 0; k < values.Length; k++)
        {
            numbers[k] = values[k] is >= 1 and <= Classes
                ? (int)values[k] - 1
                : throw new DataFormatException(labels.Name, "label", labels.OffsetOf(k), $"1 .. {Classes}", $"{values[k]}");
        }

        return numbers;
    }

    private static string[] ReadNames(string path)
    {
        string[] names = [.. Enumerable.Range(1, Classes).Select(number => $"class {number}")];
        if (!File.Exists(path))
        {
            return names;
        }

        var seen = new HashSet<int>();
        foreach (string line in File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            string[] parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length != 3 || !int.TryParse(parts[1], out int number) || number is < 1 or > Classes || !seen.Add(number))
            {
                throw new DataFormatException(path, "class name", null, $"WNID NUMBER NAME, each number of 1 .. {Classes} once", line);
            }

            names[number - 1] = parts[2];
        }

        return seen.Count == Classes
            ? names
            : throw new DataFormatException(path, "class names", null, $"{Classes}", $"{seen.Count}");
    }
}
