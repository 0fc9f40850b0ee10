using Bitcurve.Models.Data;

namespace Bitcurve.Models.Training;

/// <summary>
/// How training images are varied. A batch is assembled as bytes: every variation is a permutation of pixels, so nothing is interpolated.
/// </summary>
/// <param name="FlipHorizontal">Mirror left-right, per image, probability 1/2.</param>
/// <param name="FlipVertical">Mirror top-bottom, per image, probability 1/2.</param>
/// <param name="TransposeBatch">Swap rows and columns of the whole batch, probability 1/2 (square images).</param>
/// <param name="ShiftPixels">Largest shift in each direction, pixels.</param>
/// <param name="ShiftEachImage">One shift per image with zeros beyond the edge (pad and crop), instead of one per batch with reflection.</param>
public sealed record Augmentation(bool FlipHorizontal, bool FlipVertical, bool TransposeBatch, int ShiftPixels, bool ShiftEachImage)
{
    /// <summary>Shapes have no up or down (shapes32.md).</summary>
    public static readonly Augmentation Shapes = new(true, true, true, 2, ShiftEachImage: false);

    /// <summary>4-pixel pad, crop, flip: the usual for CIFAR.</summary>
    public static readonly Augmentation PadCropFlip = new(true, false, false, 4, ShiftEachImage: true);

    /// <summary>Writes the images as B x H x W x C bytes.</summary>
    /// <param name="images">Source, C x H x W per image.</param>
    /// <param name="indices">B image numbers.</param>
    /// <param name="random">This batch's own stream.</param>
    /// <param name="batch">B H W C bytes.</param>
    public void Assemble(ImageDataset images, ReadOnlySpan<int> indices, KeyedRandom random, Span<byte> batch)
    {
        var transpose = random.NextBool(0.5) && TransposeBatch;
        var (shiftRows, shiftColumns) = (Shift(random), Shift(random));
        var bytesPerImage = images.Channels * images.Height * images.Width;
        var rows = new int[images.Height];
        var columns = new int[images.Width];
        for (var b = 0; b < indices.Length; b++)
        {
            var (mirror, turn) = (random.NextBool(0.5) && FlipHorizontal, random.NextBool(0.5) && FlipVertical);
            if (ShiftEachImage)
            {
                (shiftRows, shiftColumns) = (Shift(random), Shift(random));
            }

            Sources(rows, shiftRows, turn);
            Sources(columns, shiftColumns, mirror);
            Interleave(images.Image(indices[b]), images.Channels, rows, columns, transpose, batch.Slice(b * bytesPerImage, bytesPerImage));
        }
    }

    /// <summary>Writes the images unchanged as B x H x W x C bytes.</summary>
    public static void AssemblePlain(ImageDataset images, int first, int count, Span<byte> batch)
    {
        var bytesPerImage = images.Channels * images.Height * images.Width;
        int[] rows = [.. Enumerable.Range(0, images.Height)];
        int[] columns = [.. Enumerable.Range(0, images.Width)];
        for (var b = 0; b < count; b++)
        {
            Interleave(images.Image(first + b), images.Channels, rows, columns, false, batch.Slice(b * bytesPerImage, bytesPerImage));
        }
    }

    private int Shift(KeyedRandom random) => random.NextInt((2 * ShiftPixels) + 1) - ShiftPixels;

    // Source coordinate of each output coordinate; -1 is beyond the edge (zero).
    private void Sources(int[] sources, int shift, bool flip)
    {
        for (var k = 0; k < sources.Length; k++)
        {
            var source = k + shift;
            if (source < 0 || source >= sources.Length)
            {
                source = ShiftEachImage ? -1 : Reflect(source, sources.Length);
            }

            sources[k] = flip && source >= 0 ? sources.Length - 1 - source : source;
        }
    }

    private static int Reflect(int coordinate, int extent) => coordinate < 0 ? -coordinate : (2 * (extent - 1)) - coordinate;

    private static void Interleave(ReadOnlySpan<byte> image, int channels, int[] rows, int[] columns, bool transpose, Span<byte> output)
    {
        var (height, width) = (rows.Length, columns.Length);
        var plane = height * width;
        var position = 0;
        for (var r = 0; r < height; r++)
        {
            for (var c = 0; c < width; c++)
            {
                var (row, column) = transpose ? (rows[c], columns[r]) : (rows[r], columns[c]);
                var source = (row * width) + column;
                var inside = row >= 0 && column >= 0;
                for (var channel = 0; channel < channels; channel++)
                {
                    output[position++] = inside ? image[(channel * plane) + source] : (byte)0;
                }
            }
        }
    }
}
