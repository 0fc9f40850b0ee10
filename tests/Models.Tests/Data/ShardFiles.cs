using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Data;

/// <summary>Writes shards of any form, so that tests can break any rule of the format.</summary>
public static class ShardFiles
{
    public const string Classes = """["cat", "dog"]""";

    /// <summary>A shard of 3 x 2 x 3 images whose bytes begin with their number; labels alternate.</summary>
    public static void Write(string path, int first, int count, string? shards = null) =>
        Write(path, [count, 3, 2, 3], [.. Enumerable.Range(first, count).SelectMany(Image)], [.. Enumerable.Range(first, count).Select(k => (long)(k % 2))], shards);

    public static byte[] Image(int number) => [(byte)number, .. Enumerable.Range(1, 17).Select(k => (byte)(k * (number + 1)))];

    public static void Write(
        string path, long[] shape, byte[] images, long[] labels, string? shards = null, string classes = Classes, string format = "bitcurve-shards/1")
    {
        var metadata = new Dictionary<string, string> { ["format"] = format, ["classes"] = classes };
        if (shards is not null)
        {
            metadata["shards"] = shards;
        }

        SafetensorsWriter.Write(
            path,
            [new SafetensorsEntry("images", SafetensorsType.U8, shape, images), SafetensorsEntry.FromInt64("labels", [labels.Length], labels)],
            metadata);
    }
}
