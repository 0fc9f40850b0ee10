using System.Globalization;

namespace Bitcurve.Models.Data;

/// <summary>
/// Reads images from tensor shards: a folder of train-00000.safetensors, train-00001.safetensors, ..., validation-00000.safetensors, ...,
/// and, where there are labelled test images, test-00000.safetensors, ... samples/imagenet_shards.py writes them from folders of images.
/// </summary>
/// <remarks>
/// A shard holds <c>images</c>, U8 N x 3 x H x W, and <c>labels</c>, I64 N, and as text <c>format</c> = "bitcurve-shards/1",
/// <c>classes</c>, the JSON list of all class names, and <c>shards</c>, the number of shards of its split (optional).
/// All shards have one image size and the same classes. Images stay in the files and are read when asked for, so the files must not change
/// while a data set is in use.
/// </remarks>
public static class ShardedImages
{
    /// <summary>What the metadata names the format.</summary>
    public const string Format = "bitcurve-shards/1";

    private const string Extension = ".safetensors";

    /// <summary>Reads the labels of all shards, and opens their images.</summary>
    /// <remarks>Without test shards the first half of the validation images is validation, and the second half the test split.</remarks>
    /// <exception cref="DataFormatException">The folder or a shard is missing, a shard breaks the format, or two do not fit together.</exception>
    public static ImageSplits Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new DataFormatException(directory, "shard folder", null, "a folder with train-00000.safetensors", "no such folder");
        }

        List<ImageShard> train = ReadSplit(directory, "train", required: true);
        List<ImageShard> validation = ReadSplit(directory, "validation", required: true);
        List<ImageShard> test = ReadSplit(directory, "test", required: false);
        foreach (ImageShard shard in (IEnumerable<ImageShard>)[.. train, .. validation, .. test])
        {
            shard.RequireSameForm(train[0]);
        }

        string name = $"shards {Path.GetFileName(Path.TrimEndingDirectorySeparator(directory))}";
        return ImageNetSplits.Create(
            name,
            Joined($"{name} train", train),
            Joined($"{name} validation", validation),
            test.Count > 0 ? Joined($"{name} test", test) : null,
            directory);
    }

    private static List<ImageShard> ReadSplit(string directory, string split, bool required)
    {
        string[] paths = [.. Directory.GetFiles(directory, $"{split}-*{Extension}").Order(StringComparer.Ordinal)];
        if (paths.Length == 0 && required)
        {
            throw new DataFormatException(directory, $"{split} shards", null, $"{split}-00000{Extension}", "no such file");
        }

        for (int number = 0; number < paths.Length; number++)
        {
            string expected = string.Create(CultureInfo.InvariantCulture, $"{split}-{number:D5}{Extension}");
            if (Path.GetFileName(paths[number]) != expected)
            {
                throw new DataFormatException(directory, $"{split} shards", null, expected, Path.GetFileName(paths[number]));
            }
        }

        List<ImageShard> shards = [.. paths.Select(ImageShard.Open)];
        if (shards.Find(shard => shard.ShardCount is { } count && count != paths.Length) is { } odd)
        {
            throw new DataFormatException(odd.Path, $"number of {split} shards", null, $"{odd.ShardCount}", $"{paths.Length}");
        }

        return shards;
    }

    private static ImageDataset Joined(string name, List<ImageShard> shards) => ImageDataset.FromChunks(
        name, shards.Select(shard => shard.Images), [.. shards.SelectMany(shard => shard.Labels)], shards[0].Classes, shards[0].Form);
}
