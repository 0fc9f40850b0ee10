using Bitcurve.Models.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>Turns images into network input: B x C x H x W, normalised, channels innermost in memory.</summary>
public sealed class ImageBatches : IDisposable
{
    // Names this use of the seed, so that no other stream repeats it.
    private const long OrderStream = 101;
    private const long AugmentationStream = 102;

    private readonly Device device;
    private readonly bool asTensors;
    private readonly float[] scale;
    private readonly float[] offset;
    private (int Width, Tensor Scale, Tensor Offset)? row;

    /// <param name="normalization">From bytes to network input.</param>
    /// <param name="device">Where the batches are made: images reach it as bytes, once.</param>
    /// <param name="asTensors">
    /// Whether pixels move as tensor operations rather than over bytes, with the same result; null: on every device but the processor, where
    /// bytes are faster (bench <c>input</c>).
    /// </param>
    public ImageBatches(Normalization normalization, Device device, bool? asTensors = null)
    {
        this.device = device;
        this.asTensors = asTensors ?? device.type != DeviceType.CPU;
        scale = [.. normalization.StandardDeviation.Select(s => (float)(1 / (255 * s)))];
        offset = [.. normalization.Mean.Zip(normalization.StandardDeviation, (m, s) => (float)(-m / s))];
    }

    /// <summary>The shuffled, augmented batches of one epoch; the caller disposes each (a dispose scope per step does).</summary>
    /// <param name="images">Source.</param>
    /// <param name="count">Uses the first <paramref name="count"/> images.</param>
    /// <param name="recipe">Batch size and augmentation.</param>
    /// <param name="seed">With <paramref name="epoch"/> decides order and augmentation, whatever ran before.</param>
    /// <param name="epoch">Epochs trained before this one.</param>
    public IEnumerable<(Tensor Input, Tensor Target)> Shuffled(ImageDataset images, int count, TrainingRecipe recipe, long seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new KeyedRandom(seed, OrderStream, epoch).Shuffle(order);
        var size = recipe.BatchSize;
        for (var step = 0; step < count / size; step++)
        {
            var random = new KeyedRandom(seed, AugmentationStream, epoch, step);
            var moves = recipe.Augmentation.Draw(size, images.Height, images.Width, random);
            yield return Batch(images, order.AsSpan(step * size, size), moves);
        }
    }

    /// <summary>All images in order, unchanged, in batches of at most <paramref name="batchSize"/>.</summary>
    public IEnumerable<(Tensor Input, Tensor Target)> InOrder(ImageDataset images, int batchSize, int? limit = null)
    {
        var total = Math.Min(images.Count, limit ?? images.Count);
        for (var first = 0; first < total; first += batchSize)
        {
            int[] indices = [.. Enumerable.Range(first, Math.Min(batchSize, total - first))];
            yield return Batch(images, indices, PixelMoves.None(indices.Length, images.Height, images.Width));
        }
    }

    public void Dispose()
    {
        row?.Scale.Dispose();
        row?.Offset.Dispose();
        row = null;
    }

    private (Tensor Input, Tensor Target) Batch(ImageDataset images, ReadOnlySpan<int> indices, PixelMoves moves)
    {
        using var scope = NewDisposeScope();
        var moved = asTensors ? MovedAsTensors(images, indices, moves) : MovedOverBytes(images, indices, moves);
        var (rowScale, rowOffset) = Row(images.Width);
        var rows = moved.to_type(ScalarType.Float32).view(indices.Length * images.Height, images.Width * images.Channels);
        var values = rows.mul_(rowScale).add_(rowOffset);
        var input = values.view(indices.Length, images.Height, images.Width, images.Channels).permute(0, 3, 1, 2); // B x C x H x W
        return (input.MoveToOuterDisposeScope(), Target(indices, images).MoveToOuterDisposeScope());
    }

    // B x H x W x C bytes.
    private Tensor MovedOverBytes(ImageDataset images, ReadOnlySpan<int> indices, PixelMoves moves)
    {
        var bytes = images.ImageBytes;
        var result = empty([indices.Length, images.Height, images.Width, images.Channels], ScalarType.Byte);
        var output = result.bytes;
        for (var b = 0; b < indices.Length; b++)
        {
            moves.Apply(b, images.Image(indices[b]), images.Channels, output.Slice(b * bytes, bytes));
        }

        return result.to(device);
    }

    // B x H x W x C bytes.
    private Tensor MovedAsTensors(ImageDataset images, ReadOnlySpan<int> indices, PixelMoves moves)
    {
        var bytes = images.ImageBytes;
        var result = empty([indices.Length, images.Channels, images.Height, images.Width], ScalarType.Byte);
        var output = result.bytes;
        for (var b = 0; b < indices.Length; b++)
        {
            images.Read(indices[b], output.Slice(b * bytes, bytes));
        }

        return moves.Apply(result.to(device));
    }

    // For a whole row of pixels, W C values each: with C values alone, libtorch would start its inner loop anew for every pixel.
    private (Tensor Scale, Tensor Offset) Row(int width)
    {
        if (row is not { } made || made.Width != width)
        {
            Dispose();
            row = made = (width, Repeated(scale, width), Repeated(offset, width));
        }

        return (made.Scale, made.Offset);
    }

    private Tensor Repeated(float[] values, int times) =>
        tensor([.. Enumerable.Range(0, times).SelectMany(_ => values)], device: device).DetachFromDisposeScope();

    private Tensor Target(ReadOnlySpan<int> indices, ImageDataset images)
    {
        var labels = new long[indices.Length];
        for (var k = 0; k < labels.Length; k++)
        {
            labels[k] = images.Labels[indices[k]];
        }

        return tensor(labels, device: device);
    }
}
