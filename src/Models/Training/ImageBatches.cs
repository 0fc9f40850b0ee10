using Bitcurve.Models.Data;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>Turns images into network input: B x C x H x W, normalised, channels innermost in memory.</summary>
public sealed class ImageBatches : IDisposable
{
    // Names this use of the seed, so that no other stream repeats it.
    private const long OrderStream = 101;
    private const long AugmentationStream = 102;

    private readonly Device device;
    private readonly Tensor scale;
    private readonly Tensor offset;
    private byte[] buffer = [];

    public ImageBatches(Normalization normalization, Device device)
    {
        this.device = device;
        scale = tensor([.. normalization.StandardDeviation.Select(s => (float)(1 / (255 * s)))], device: device).DetachFromDisposeScope();
        offset = tensor([.. normalization.Mean.Zip(normalization.StandardDeviation, (m, s) => (float)(-m / s))], device: device).DetachFromDisposeScope();
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
        var bytes = Buffer(size, images);
        for (var step = 0; step < count / size; step++)
        {
            var indices = order.AsSpan(step * size, size);
            recipe.Augmentation.Assemble(images, indices, new KeyedRandom(seed, AugmentationStream, epoch, step), bytes);
            yield return (Input(bytes, size, images), Target(indices, images));
        }
    }

    /// <summary>All images in order, unchanged, in batches of at most <paramref name="batchSize"/>.</summary>
    public IEnumerable<(Tensor Input, Tensor Target)> InOrder(ImageDataset images, int batchSize, int? limit = null)
    {
        var total = Math.Min(images.Count, limit ?? images.Count);
        for (var first = 0; first < total; first += batchSize)
        {
            var size = Math.Min(batchSize, total - first);
            var bytes = Buffer(size, images);
            Augmentation.AssemblePlain(images, first, size, bytes);
            int[] indices = [.. Enumerable.Range(first, size)];
            yield return (Input(bytes, size, images), Target(indices, images));
        }
    }

    public void Dispose()
    {
        scale.Dispose();
        offset.Dispose();
    }

    // One buffer for all batches (each is copied into its tensor at once): new ones would be large objects, which live until a full collection.
    private byte[] Buffer(int size, ImageDataset images)
    {
        var needed = size * images.Channels * images.Height * images.Width;
        return buffer.Length == needed ? buffer : buffer = new byte[needed];
    }

    private Tensor Input(byte[] bytes, int size, ImageDataset images)
    {
        using var scope = NewDisposeScope();
        var values = tensor(bytes, [size, images.Height, images.Width, images.Channels], device: device).to_type(ScalarType.Float32);
        return values.mul_(scale).add_(offset).permute(0, 3, 1, 2).MoveToOuterDisposeScope(); // B x C x H x W
    }

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
