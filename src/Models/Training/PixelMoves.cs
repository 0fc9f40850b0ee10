using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// Where each pixel of a batch comes from: shifts, flips and transposition are moves of whole pixels, so nothing is interpolated.
/// Output pixel (r, c) of image b is source pixel outer[b, r] + inner[b, c] of its plane, or zero where that sum is negative.
/// </summary>
/// <remarks>
/// The same moves exist twice, with the same result bit for bit: over bytes for the processor, where they cost a quarter of the gather
/// (bench <c>input</c>), and as tensor operations for a device, which gets each image's bytes once and unmoved.
/// B images, H rows, W columns, C channels.
/// </remarks>
public sealed class PixelMoves
{
    /// <summary>The part of a sum that makes it negative whatever the other part is: beyond the edge.</summary>
    public const int Outside = int.MinValue / 2;

    private readonly int height;
    private readonly int width;
    private readonly int[] outer;
    private readonly int[] inner;

    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="outer">B x H offsets within a plane; <see cref="Outside"/> for a row of zeros.</param>
    /// <param name="inner">B x W offsets within a plane; <see cref="Outside"/> for a column of zeros.</param>
    public PixelMoves(int height, int width, int[] outer, int[] inner) =>
        (this.height, this.width, this.outer, this.inner) = (height, width, outer, inner);

    /// <summary>Every pixel stays where it is.</summary>
    public static PixelMoves None(int count, int height, int width)
    {
        var (outer, inner) = (new int[count * height], new int[count * width]);
        for (var k = 0; k < outer.Length; k++)
        {
            outer[k] = k % height * width;
        }

        for (var k = 0; k < inner.Length; k++)
        {
            inner[k] = k % width;
        }

        return new PixelMoves(height, width, outer, inner);
    }

    /// <summary>Moves one image's pixels on the processor.</summary>
    /// <param name="position">Which of the B images.</param>
    /// <param name="image">C x H x W bytes.</param>
    /// <param name="channels">C.</param>
    /// <param name="output">H x W x C bytes.</param>
    public void Apply(int position, ReadOnlySpan<byte> image, int channels, Span<byte> output)
    {
        var plane = height * width;
        var columns = inner.AsSpan(position * width, width);
        for (var row = 0; row < height; row++)
        {
            var from = outer[(position * height) + row];
            var line = output.Slice(row * width * channels, width * channels);
            if (channels == 3)
            {
                MoveColours(image[..plane], image.Slice(plane, plane), image.Slice(2 * plane, plane), from, columns, line);
                continue;
            }

            for (var channel = 0; channel < channels; channel++)
            {
                Move(image.Slice(channel * plane, plane), from, columns, line[channel..], channels);
            }
        }
    }

    /// <summary>Moves the pixels of the whole batch on the device of the images.</summary>
    /// <param name="images">B x C x H x W bytes, contiguous.</param>
    /// <returns>B x H x W x C bytes, contiguous; the caller owns it.</returns>
    public Tensor Apply(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (count, channels) = (images.shape[0], images.shape[1]);
        var rows = Offsets(outer, [count, height, 1], images.device);
        var columns = Offsets(inner, [count, 1, width], images.device);
        var sources = (rows + columns).view(count, 1, height * width);
        var inside = sources.ge(0).to_type(ScalarType.Byte); // B x 1 x HW
        var planes = images.view(count, channels, height * width);
        var moved = planes.gather(2, sources.clamp_(0).expand(count, channels, height * width)).mul_(inside);
        return moved.view(count, channels, height, width).permute(0, 2, 3, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Offsets(int[] values, long[] shape, Device device) =>
        tensor(Array.ConvertAll(values, value => (long)value), shape, device: device);

    private static void Move(ReadOnlySpan<byte> plane, int from, ReadOnlySpan<int> columns, Span<byte> output, int stride)
    {
        for (var c = 0; c < columns.Length; c++)
        {
            var source = from + columns[c];
            output[c * stride] = source < 0 ? (byte)0 : plane[source];
        }
    }

    // The usual case in one pass: three planes, one bounds check.
    private static void MoveColours(
        ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, int from, ReadOnlySpan<int> columns, Span<byte> output)
    {
        green = green[..red.Length];
        blue = blue[..red.Length];
        for (var c = 0; c < columns.Length; c++)
        {
            var source = from + columns[c];
            var pixel = output.Slice(3 * c, 3);
            var inside = (uint)source < (uint)red.Length;
            (pixel[0], pixel[1], pixel[2]) = inside ? (red[source], green[source], blue[source]) : default;
        }
    }
}
