using Microsoft.Win32.SafeHandles;

namespace Bitcurve.Models.Data;

/// <summary>Images that stay in their file, one after another, and are read when asked for: the operating system keeps those in use.</summary>
/// <param name="path">For messages.</param>
/// <param name="handle">The open file, shared by all slices.</param>
/// <param name="offset">Bytes from the start of the file to the first image.</param>
/// <param name="count">Images.</param>
/// <param name="imageBytes">Bytes of each.</param>
public sealed class FileChunk(string path, SafeFileHandle handle, long offset, int count, int imageBytes) : ImageChunk(count, imageBytes)
{
    private readonly int imageCount = count;

    public override ReadOnlySpan<byte> Image(int index)
    {
        byte[] image = new byte[ImageBytes];
        Read(index, image);
        return image;
    }

    public override void Read(int index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, imageCount);
        Span<byte> image = destination[..ImageBytes];
        long start = offset + ((long)index * ImageBytes);
        int done = 0;
        while (done < image.Length)
        {
            int read = RandomAccess.Read(handle, image[done..], start + done);
            if (read == 0)
            {
                throw new DataFormatException(path, "image", start, $"{ImageBytes} bytes", $"{done} (the file became shorter)");
            }

            done += read;
        }
    }

    public override ImageChunk Slice(int first, int length) =>
        new FileChunk(path, handle, offset + ((long)first * ImageBytes), length, ImageBytes);
}
