using Bitcurve.Models.Data;

namespace Bitcurve.Models.Training;

/// <summary>How training images are varied: every variation moves whole pixels, so nothing is interpolated.</summary>
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

    /// <summary>8-pixel pad, crop, flip, for images of 64 pixels and more.</summary>
    public static readonly Augmentation PadCropFlipLarge = PadCropFlip with { ShiftPixels = 8 };

    /// <summary>Samples as they are, or varied by their problem's own rules.</summary>
    public static readonly Augmentation None = new(false, false, false, 0, ShiftEachImage: false);

    /// <summary>Draws the variations of one batch. The order of the draws is part of what a seed means: it never changes.</summary>
    /// <param name="count">Images in the batch.</param>
    /// <param name="height">H, more than <see cref="ShiftPixels"/>.</param>
    /// <param name="width">W, more than <see cref="ShiftPixels"/>.</param>
    /// <param name="random">This batch's own stream.</param>
    /// <exception cref="ArgumentException">The images are too small to be shifted, or not square and to be transposed.</exception>
    public PixelMoves Draw(int count, int height, int width, KeyedRandom random)
    {
        RequireForm(height, width);
        var transpose = random.NextBool(0.5) && TransposeBatch;
        var (shiftRows, shiftColumns) = (Shift(random), Shift(random));
        var (outer, inner) = (new int[count * height], new int[count * width]);
        for (var b = 0; b < count; b++)
        {
            var (mirror, turn) = (random.NextBool(0.5) && FlipHorizontal, random.NextBool(0.5) && FlipVertical);
            if (ShiftEachImage)
            {
                (shiftRows, shiftColumns) = (Shift(random), Shift(random));
            }

            // Transposed, the output's rows walk along the source's columns.
            var alongRows = outer.AsSpan(b * height, height);
            var alongColumns = inner.AsSpan(b * width, width);
            Sources(transpose ? alongColumns : alongRows, shiftRows, turn, step: width);
            Sources(transpose ? alongRows : alongColumns, shiftColumns, mirror, step: 1);
        }

        return new PixelMoves(height, width, outer, inner);
    }

    private void RequireForm(int height, int width)
    {
        if (ShiftPixels >= Math.Min(height, width))
        {
            throw new ArgumentException($"expected images larger than the shift of {ShiftPixels} pixels, actual {height} x {width}");
        }

        if (TransposeBatch && height != width)
        {
            throw new ArgumentException($"expected square images to transpose, actual {height} x {width}");
        }
    }

    private int Shift(KeyedRandom random) => random.NextInt((2 * ShiftPixels) + 1) - ShiftPixels;

    // Offset within the plane of each output coordinate's source; adjacent coordinates are step apart.
    private void Sources(Span<int> sources, int shift, bool flip, int step)
    {
        for (var k = 0; k < sources.Length; k++)
        {
            var source = k + shift;
            if (source < 0 || source >= sources.Length)
            {
                source = ShiftEachImage ? -1 : Reflect(source, sources.Length);
            }

            var inside = flip ? sources.Length - 1 - source : source;
            sources[k] = source < 0 ? PixelMoves.Outside : inside * step;
        }
    }

    private static int Reflect(int coordinate, int extent) => coordinate < 0 ? -coordinate : (2 * (extent - 1)) - coordinate;
}
