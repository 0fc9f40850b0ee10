namespace Bitcurve.Models.Data;

/// <summary>Consecutive images of a data set, in memory or in a file. Thread-safe for reading.</summary>
/// <param name="count">Images.</param>
/// <param name="imageBytes">Bytes of each.</param>
public abstract class ImageChunk(int count, int imageBytes)
{
    public int Count { get; } = count;

    public int ImageBytes { get; } = imageBytes;

    /// <summary>The bytes of one image, 0 .. Count - 1; without a copy where they are in memory.</summary>
    /// <exception cref="DataFormatException">The file became shorter after it was opened.</exception>
    public abstract ReadOnlySpan<byte> Image(int index);

    /// <summary>Copies one image's bytes.</summary>
    /// <exception cref="DataFormatException">The file became shorter after it was opened.</exception>
    public abstract void Read(int index, Span<byte> destination);

    /// <summary>The images offset .. offset + count - 1, without a copy.</summary>
    public abstract ImageChunk Slice(int offset, int count);
}

/// <summary>Images in memory, one after another.</summary>
public sealed class MemoryChunk(ReadOnlyMemory<byte> pixels, int imageBytes) : ImageChunk(pixels.Length / imageBytes, imageBytes)
{
    public override ReadOnlySpan<byte> Image(int index) => pixels.Span.Slice(index * ImageBytes, ImageBytes);

    public override void Read(int index, Span<byte> destination) => Image(index).CopyTo(destination);

    public override ImageChunk Slice(int offset, int count) => new MemoryChunk(pixels.Slice(offset * ImageBytes, count * ImageBytes), ImageBytes);
}
