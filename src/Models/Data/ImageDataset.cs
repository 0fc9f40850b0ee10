using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bitcurve.Models.Data;

/// <summary>Labelled images of one size as bytes. Treat the arrays as read-only: many trainings share them.</summary>
/// <remarks>
/// Thread-safe for reading. N images, C channels, H rows, W columns. Equality is that of the object. The images lie in chunks, since one
/// array holds at most 2^31 bytes and since some stay in their files.
/// </remarks>
public sealed class ImageDataset
{
    private readonly Lazy<string> contentHash;
    private readonly ImageChunk[] chunks;

    // Number of each chunk's first image.
    private readonly int[] starts;

    /// <param name="name">What reports call it, for example "shapes32 train".</param>
    /// <param name="pixels">N x C x H x W values 0 .. 255, contiguous.</param>
    /// <param name="labels">N class numbers in 0 .. classNames.Count - 1.</param>
    /// <param name="classNames">One name per class.</param>
    /// <param name="channels">C, at least 1.</param>
    /// <param name="height">H in pixels, at least 1.</param>
    /// <param name="width">W in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The number of pixels is not N C H W, or a label names no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public ImageDataset(
        string name, byte[] pixels, int[] labels, IReadOnlyList<string> classNames, int channels, int height, int width)
        : this(name, InOneChunk(pixels, labels.Length, channels, height, width), labels, classNames, (channels, height, width))
    {
    }

    private ImageDataset(
        string name, ImageChunk[] chunks, int[] labels, IReadOnlyList<string> classNames, (int Channels, int Height, int Width) form)
    {
        RequireLabels(labels, classNames.Count);
        (Name, this.chunks, Labels, ClassNames) = (name, chunks, labels, classNames);
        (Channels, Height, Width) = form;
        starts = new int[chunks.Length];
        for (int chunk = 1; chunk < chunks.Length; chunk++)
        {
            starts[chunk] = starts[chunk - 1] + chunks[chunk - 1].Count;
        }

        contentHash = new Lazy<string>(ComputeHash);
    }

    public string Name { get; }

    /// <summary>N class numbers.</summary>
    public int[] Labels { get; }

    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>N.</summary>
    public int Count => Labels.Length;

    public int Channels { get; }

    /// <summary>H, pixels.</summary>
    public int Height { get; }

    /// <summary>W, pixels.</summary>
    public int Width { get; }

    /// <summary>C H W.</summary>
    public int ImageBytes => Channels * Height * Width;

    /// <summary>SHA-256 of N, C, H, W and the labels as little-endian int32, then the pixels: 64 lower-case hexadecimal digits.</summary>
    /// <remarks>Computed on first use.</remarks>
    public string ContentHash => contentHash.Value;

    /// <summary>A data set of images that lie in several chunks, in the chunks' order.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="chunks">Together N images of C x H x W bytes.</param>
    /// <param name="labels">N class numbers in 0 .. classNames.Count - 1.</param>
    /// <param name="classNames">One name per class.</param>
    /// <param name="form">C, H, W, each at least 1.</param>
    /// <exception cref="ArgumentException">The chunks hold other than N images or images of another size, or a label names no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public static ImageDataset FromChunks(
        string name, IEnumerable<ImageChunk> chunks, int[] labels, IReadOnlyList<string> classNames, (int Channels, int Height, int Width) form)
    {
        RequireForm(form.Channels, form.Height, form.Width);
        ImageChunk[] kept = [.. chunks.Where(chunk => chunk.Count > 0)];
        int bytes = form.Channels * form.Height * form.Width;
        long count = kept.Sum(chunk => (long)chunk.Count);
        if (count != labels.Length || Array.Exists(kept, chunk => chunk.ImageBytes != bytes))
        {
            string sizes = string.Join(", ", kept.Select(chunk => $"{chunk.Count} x {chunk.ImageBytes}"));
            throw new ArgumentException($"Expected {labels.Length} images of {bytes} bytes, actual {sizes}.", nameof(chunks));
        }

        return new ImageDataset(name, kept, labels, classNames, form);
    }

    /// <summary>The C x H x W bytes of one image, without a copy where they are in memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    /// <exception cref="DataFormatException">The image's file became shorter after it was opened.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        int chunk = ChunkOf(index);
        return chunks[chunk].Image(index - starts[chunk]);
    }

    /// <summary>Copies the C x H x W bytes of one image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    /// <exception cref="DataFormatException">The image's file became shorter after it was opened.</exception>
    public void Read(int index, Span<byte> destination)
    {
        int chunk = ChunkOf(index);
        chunks[chunk].Read(index - starts[chunk], destination);
    }

    /// <summary>The images offset .. offset + count - 1 as a data set of their own; it shares the bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the data set.</exception>
    public ImageDataset Slice(string name, int offset, int count)
    {
        if (offset < 0 || count < 0 || offset > Count - count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"Expected a range within {Count} images, actual {count} from image {offset}.");
        }

        IEnumerable<ImageChunk> parts = chunks.Select((chunk, k) =>
        {
            int first = Math.Clamp(offset - starts[k], 0, chunk.Count);
            int last = Math.Clamp(offset + count - starts[k], 0, chunk.Count);
            return chunk.Slice(first, last - first);
        });
        return FromChunks(name, parts, Labels[offset..(offset + count)], ClassNames, (Channels, Height, Width));
    }

    private static ImageChunk[] InOneChunk(byte[] pixels, int count, int channels, int height, int width)
    {
        RequireForm(channels, height, width);
        long expected = (long)count * channels * height * width;
        return pixels.LongLength == expected
            ? [new MemoryChunk(pixels, channels * height * width)]
            : throw new ArgumentException(
                $"Expected {count} x {channels} x {height} x {width} = {expected} bytes, actual {pixels.Length}.", nameof(pixels));
    }

    private static void RequireForm(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
    }

    private static void RequireLabels(int[] labels, int classes)
    {
        for (int index = 0; index < labels.Length; index++)
        {
            if (labels[index] < 0 || labels[index] >= classes)
            {
                throw new ArgumentException(
                    $"Expected labels in 0 .. {classes - 1}, actual {labels[index]} at image {index}.", nameof(labels));
            }
        }
    }

    private int ChunkOf(int index)
    {
        if (index < 0 || index >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"Expected an image in 0 .. {Count - 1}, actual {index}.");
        }

        int found = Array.BinarySearch(starts, index);
        return found >= 0 ? found : ~found - 1;
    }

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] head = new byte[4 * (4 + Count)];
        int[] dimensions = [Count, Channels, Height, Width];
        for (int position = 0; position < 4 + Count; position++)
        {
            int value = position < 4 ? dimensions[position] : Labels[position - 4];
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4 * position), value);
        }

        hash.AppendData(head);
        byte[] image = new byte[ImageBytes];
        for (int index = 0; index < Count; index++)
        {
            Read(index, image);
            hash.AppendData(image);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
