using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bitcurve.Models.Data;

/// <summary>Labelled images of one size as bytes. Treat the arrays as read-only: many trainings share them.</summary>
/// <remarks>Thread-safe for reading. N images, C channels, H rows, W columns. Equality is that of the object.</remarks>
public sealed class ImageDataset
{
    private readonly Lazy<string> contentHash;

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
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long expected = (long)labels.Length * channels * height * width;
        if (pixels.LongLength != expected)
        {
            throw new ArgumentException(
                $"Expected {labels.Length} x {channels} x {height} x {width} = {expected} bytes, actual {pixels.Length}.", nameof(pixels));
        }

        RequireLabels(labels, classNames.Count);
        (Name, Pixels, Labels, ClassNames) = (name, pixels, labels, classNames);
        (Channels, Height, Width) = (channels, height, width);
        contentHash = new Lazy<string>(ComputeHash);
    }

    public string Name { get; }

    /// <summary>N x C x H x W bytes, contiguous, 0 = dark, 255 = bright.</summary>
    public byte[] Pixels { get; }

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

    /// <summary>SHA-256 of N, C, H, W and the labels as little-endian int32, then the pixels: 64 lower-case hexadecimal digits.</summary>
    /// <remarks>Computed on first use.</remarks>
    public string ContentHash => contentHash.Value;

    /// <summary>The C x H x W bytes of one image, without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        if (index < 0 || index >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"Expected an image in 0 .. {Count - 1}, actual {index}.");
        }

        int bytes = Channels * Height * Width;
        return Pixels.AsSpan(index * bytes, bytes);
    }

    /// <summary>The images offset .. offset + count - 1 as a data set of their own (copied).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the data set.</exception>
    public ImageDataset Slice(string name, int offset, int count)
    {
        if (offset < 0 || count < 0 || offset > Count - count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"Expected a range within {Count} images, actual {count} from image {offset}.");
        }

        int bytes = Channels * Height * Width;
        byte[] pixels = Pixels.AsSpan(offset * bytes, count * bytes).ToArray();
        return new ImageDataset(name, pixels, Labels[offset..(offset + count)], ClassNames, Channels, Height, Width);
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
        hash.AppendData(Pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
