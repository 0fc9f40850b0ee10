using System.Globalization;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Data.Formats;

/// <summary>
/// Reads clips from tensor shards: a folder of train-00000.safetensors, ..., validation-00000.safetensors, ... and, where there are labelled
/// test clips, test-00000.safetensors, ... samples/clip_shards.py writes them from folders of frames, for example of Kinetics.
/// </summary>
/// <remarks>
/// A shard holds <c>clips</c>, U8 N x 3 x L x H x W with H = W, and <c>labels</c>, I64 N, and as text <c>format</c> = "bitcurve-clip-shards/1",
/// <c>classes</c>, the JSON list of all class names, and <c>shards</c>, the number of shards of its split (optional). All shards have one
/// size and the same classes. Clips stay in the files and are read when asked for, so the files must not change while they are in use.
/// Without test shards the first half of the validation clips is validation, and the second half the test split.
/// </remarks>
public static class ClipShards
{
    /// <summary>What the metadata names the format.</summary>
    public const string Format = "bitcurve-clip-shards/1";

    private const string Extension = ".safetensors";

    /// <summary>Reads the labels of all shards, and opens their clips.</summary>
    /// <param name="folder">Of the shards.</param>
    /// <param name="length">L, frames.</param>
    /// <param name="size">H and W, pixels.</param>
    /// <exception cref="DataFormatException">A shard is missing or breaks the format, or its clips have another size.</exception>
    public static SampleSplits<ClipsSample> Load(string folder, int length, int size)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFormatException(folder, "shard folder", null, "a folder with train-00000.safetensors", "no such folder");
        }

        ClipShard[] train = ReadSplit(folder, "train", length, size);
        ClipShard[] validation = ReadSplit(folder, "validation", length, size);
        ClipShard[] test = ReadSplit(folder, "test", length, size);
        if (train.Length == 0 || validation.Length == 0)
        {
            throw new DataFormatException(folder, "shards", null, $"train-00000{Extension} and validation-00000{Extension}", "not both");
        }

        foreach (ClipShard shard in (ClipShard[])[.. train, .. validation, .. test])
        {
            shard.RequireClasses(train[0]);
        }

        var known = new ShardedClips(validation);
        if (test.Length == 0 && known.Count < 2)
        {
            throw new DataFormatException(folder, "validation clips", null, "at least two, half of them for the test split", $"{known.Count}");
        }

        int half = known.Count - (known.Count / 2);
        return new SampleSplits<ClipsSample>($"clip-shards {length} x {size} x {size}", train[0].Classes, split => split switch
        {
            Split.Train => new ShardedClips(train),
            Split.Validation => test.Length > 0 ? known : known.Slice(0, half),
            _ => test.Length > 0 ? new ShardedClips(test) : known.Slice(half, known.Count - half),
        });
    }

    private static ClipShard[] ReadSplit(string folder, string split, int length, int size)
    {
        string[] paths = [.. Directory.GetFiles(folder, $"{split}-*{Extension}").Order(StringComparer.Ordinal)];
        for (int number = 0; number < paths.Length; number++)
        {
            string expected = string.Create(CultureInfo.InvariantCulture, $"{split}-{number:D5}{Extension}");
            if (Path.GetFileName(paths[number]) != expected)
            {
                throw new DataFormatException(folder, $"{split} shards", null, expected, Path.GetFileName(paths[number]));
            }
        }

        ClipShard[] shards = Array.ConvertAll(paths, path => ClipShard.Open(path, length, size));
        return Array.Find(shards, shard => shard.ShardCount is { } count && count != paths.Length) is { } odd
            ? throw new DataFormatException(odd.Path, $"number of {split} shards", null, $"{odd.ShardCount}", $"{paths.Length}")
            : shards;
    }
}
