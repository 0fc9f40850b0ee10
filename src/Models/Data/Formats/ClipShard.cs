using Bitcurve.Models.Weights;
using Microsoft.Win32.SafeHandles;

namespace Bitcurve.Models.Data.Formats;

/// <summary>One checked file of <see cref="ClipShards"/>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Clips">N clips that stay in the file.</param>
/// <param name="Labels">N class numbers.</param>
/// <param name="Classes">Names of all classes.</param>
/// <param name="ShardCount">Number of shards in this shard's split, or null where the file does not say.</param>
internal sealed record ClipShard(string Path, FileChunk Clips, int[] Labels, IReadOnlyList<string> Classes, int? ShardCount)
{
    private const int Channels = 3;

    /// <exception cref="DataFormatException">The file breaks the format, or its clips have another size.</exception>
    internal static ClipShard Open(string path, int length, int size)
    {
        SafetensorsHeader header;
        using (FileStream stream = File.OpenRead(path))
        {
            header = SafetensorsHeader.Read(stream, path);
        }

        ImageShard.RequireFormat(header, ClipShards.Format, path);
        IReadOnlyList<string> classes = ImageShard.ReadClasses(header, path);
        SafetensorsTensor clips = ImageShard.Find(header, "clips", SafetensorsType.U8, 5, path);
        SafetensorsTensor labels = ImageShard.Find(header, "labels", SafetensorsType.I64, 1, path);
        long count = clips.Shape[0];
        bool fits = clips.Shape.Skip(1).SequenceEqual([Channels, length, size, size]) && count >= 1 && count <= int.MaxValue / sizeof(long);
        if (!fits || labels.Shape[0] != count)
        {
            throw new DataFormatException(
                path, "shape of clips", header.DataStart + clips.Begin, $"[{labels.Shape[0]}, {Channels}, {length}, {size}, {size}], one clip per label",
                clips.ShapeText);
        }

        SafeFileHandle handle = File.OpenHandle(path);
        return new ClipShard(
            path,
            new FileChunk(path, handle, header.DataStart + clips.Begin, (int)count, checked(Channels * length * size * size)),
            ImageShard.ReadLabels(handle, header.DataStart + labels.Begin, (int)count, classes.Count, path),
            classes,
            ImageShard.ReadShardCount(header, path));
    }

    /// <exception cref="DataFormatException">The classes differ.</exception>
    internal void RequireClasses(ClipShard first)
    {
        if (!Classes.SequenceEqual(first.Classes))
        {
            throw new DataFormatException(Path, "classes", null, $"the {first.Classes.Count} of {first.Path}", $"{Classes.Count}, not all the same");
        }
    }
}
