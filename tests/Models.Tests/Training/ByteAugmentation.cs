using Bitcurve.Models.Data;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Tests.Training;

/// <summary>
/// The first implementation of <see cref="Augmentation"/>, pixel by pixel, kept as the reference: a seed must give the same batches for
/// ever, since resumed trainings and cached baselines depend on them.
/// </summary>
internal static class ByteAugmentation
{
    /// <summary>Writes the images as B x H x W x C bytes.</summary>
    /// <param name="augmentation">What may vary.</param>
    /// <param name="images">Source, C x H x W per image.</param>
    /// <param name="indices">B image numbers.</param>
    /// <param name="random">This batch's own stream.</param>
    /// <param name="batch">B H W C bytes.</param>
    public static void Assemble(Augmentation augmentation, ImageDataset images, ReadOnlySpan<int> indices, KeyedRandom random, Span<byte> batch)
    {
        var transpose = random.NextBool(0.5) && augmentation.TransposeBatch;
        var (shiftRows, shiftColumns) = (Shift(augmentation, random), Shift(augmentation, random));
        var bytesPerImage = images.Channels * images.Height * images.Width;
        var rows = new int[images.Height];
        var columns = new int[images.Width];
        for (var b = 0; b < indices.Length; b++)
        {
            var (mirror, turn) = (random.NextBool(0.5) && augmentation.FlipHorizontal, random.NextBool(0.5) && augmentation.FlipVertical);
            if (augmentation.ShiftEachImage)
            {
                (shiftRows, shiftColumns) = (Shift(augmentation, random), Shift(augmentation, random));
            }

            Sources(augmentation.ShiftEachImage, rows, shiftRows, turn);
            Sources(augmentation.ShiftEachImage, columns, shiftColumns, mirror);
            Interleave(images.Image(indices[b]), images.Channels, rows, columns, transpose, batch.Slice(b * bytesPerImage, bytesPerImage));
        }
    }

    private static int Shift(Augmentation augmentation, KeyedRandom random) =>
        random.NextInt((2 * augmentation.ShiftPixels) + 1) - augmentation.ShiftPixels;

    // Source coordinate of each output coordinate; -1 is beyond the edge (zero).
    private static void Sources(bool shiftEachImage, int[] sources, int shift, bool flip)
    {
        for (var k = 0; k < sources.Length; k++)
        {
            var source = k + shift;
            if (source < 0 || source >= sources.Length)
            {
                source = shiftEachImage ? -1 : Reflect(source, sources.Length);
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
