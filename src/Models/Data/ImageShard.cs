using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Bitcurve.Models.Weights;
using Microsoft.Win32.SafeHandles;

namespace Bitcurve.Models.Data;

/// <summary>One checked file of <see cref="ShardedImages"/>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Images">N images that stay in the file.</param>
/// <param name="Labels">N class numbers.</param>
/// <param name="Classes">Names of all classes.</param>
/// <param name="Form">C, H, W.</param>
/// <param name="ShardCount">Number of shards in this shard's split, or null where the file does not say.</param>
internal sealed record ImageShard(
    string Path, FileChunk Images, int[] Labels, IReadOnlyList<string> Classes, (int Channels, int Height, int Width) Form, int? ShardCount)
{
    private const int Channels = 3;

    // Height and width, pixels: far above any network's input, and H W C stays an int.
    private const int LargestExtent = 8192;

    /// <exception cref="DataFormatException">The file breaks the format.</exception>
    internal static ImageShard Open(string path)
    {
        SafetensorsHeader header;
        using (FileStream stream = File.OpenRead(path))
        {
            header = SafetensorsHeader.Read(stream, path);
        }

        RequireFormat(header, ShardedImages.Format, path);
        IReadOnlyList<string> classes = ReadClasses(header, path);
        SafetensorsTensor images = Find(header, "images", SafetensorsType.U8, 4, path);
        SafetensorsTensor labels = Find(header, "labels", SafetensorsType.I64, 1, path);
        IReadOnlyList<long> shape = images.Shape;
        bool fits = shape[1] == Channels && shape[0] >= 1 && shape.Skip(2).All(extent => extent is >= 1 and <= LargestExtent);
        if (!fits || labels.Shape[0] != shape[0] || shape[0] > int.MaxValue / sizeof(long))
        {
            throw new DataFormatException(
                path, "shape of images", header.DataStart + images.Begin, $"[{labels.Shape[0]}, 3, H, W], one image per label", images.ShapeText);
        }

        (int Channels, int Height, int Width) form = (Channels, (int)shape[2], (int)shape[3]);
        SafeFileHandle handle = File.OpenHandle(path);
        var chunk = new FileChunk(path, handle, header.DataStart + images.Begin, (int)shape[0], Channels * form.Height * form.Width);
        int[] numbers = ReadLabels(handle, header.DataStart + labels.Begin, (int)shape[0], classes.Count, path);
        return new ImageShard(path, chunk, numbers, classes, form, ReadShardCount(header, path));
    }

    /// <exception cref="DataFormatException">Image size or classes differ.</exception>
    internal void RequireSameForm(ImageShard first)
    {
        if (Form != first.Form)
        {
            throw new DataFormatException(Path, "image size", null, $"{first.Form} as in {first.Path}", $"{Form}");
        }

        if (!Classes.SequenceEqual(first.Classes))
        {
            throw new DataFormatException(Path, "classes", null, $"the {first.Classes.Count} of {first.Path}", $"{Classes.Count}, not all the same");
        }
    }

    internal static void RequireFormat(SafetensorsHeader header, string expected, string path)
    {
        string format = header.Metadata.GetValueOrDefault("format", "none");
        if (format != expected)
        {
            throw new DataFormatException(path, "metadata 'format'", null, expected, format);
        }
    }

    internal static IReadOnlyList<string> ReadClasses(SafetensorsHeader header, string path)
    {
        string text = header.Metadata.GetValueOrDefault("classes", "none");
        try
        {
            string[] classes = JsonSerializer.Deserialize<string[]>(text) ?? [];
            if (classes.Length > 0 && Array.TrueForAll(classes, name => name is not null))
            {
                return classes;
            }
        }
        catch (JsonException error)
        {
            throw new DataFormatException(path, "metadata 'classes'", null, "a JSON list of names", $"{text} ({error.Message})");
        }

        throw new DataFormatException(path, "metadata 'classes'", null, "a JSON list of names", text);
    }

    internal static int? ReadShardCount(SafetensorsHeader header, string path)
    {
        if (!header.Metadata.TryGetValue("shards", out string? text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw new DataFormatException(path, "metadata 'shards'", null, "a number", text);
    }

    internal static SafetensorsTensor Find(SafetensorsHeader header, string name, SafetensorsType type, int dimensions, string path)
    {
        SafetensorsTensor tensor = header.Tensors.FirstOrDefault(tensor => tensor.Name == name)
            ?? throw new DataFormatException(path, "tensors", null, $"one named '{name}'", string.Join(", ", header.Tensors.Select(t => t.Name)));
        return tensor.Type == type && tensor.Shape.Count == dimensions
            ? tensor
            : throw new DataFormatException(
                path, $"tensor '{name}'", header.DataStart + tensor.Begin, $"{type.Label()} of {dimensions} dimensions", $"{tensor.Type.Label()} {tensor.ShapeText}");
    }

    internal static int[] ReadLabels(SafeFileHandle handle, long offset, int count, int classes, string path)
    {
        byte[] bytes = new byte[count * sizeof(long)];
        new FileChunk(path, handle, offset, 1, bytes.Length).Read(0, bytes);
        int[] labels = new int[count];
        for (int k = 0; k < count; k++)
        {
            long label = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(k * sizeof(long)));
            labels[k] = label >= 0 && label < classes
                ? (int)label
                : throw new DataFormatException(path, "label", offset + ((long)k * sizeof(long)), $"0 .. {classes - 1}", $"{label}");
        }

        return labels;
    }
}
