using Bitcurve.Models.Data;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>Which samples a step sees, and its own random stream.</summary>
internal static class EpochBatches
{
    // Names these uses of the seed, so that no other stream repeats them.
    private const long OrderStream = 101;
    private const long StepStream = 102;

    /// <summary>The shuffled batches of one epoch; the last partial one is dropped.</summary>
    /// <param name="count">The first so many samples.</param>
    /// <param name="batchSize">Samples per step.</param>
    /// <param name="seed">With <paramref name="epoch"/> decides order and streams, whatever ran before.</param>
    /// <param name="epoch">Epochs trained before this one.</param>
    internal static IEnumerable<(int[] Samples, KeyedRandom Random)> Shuffled(int count, int batchSize, long seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new KeyedRandom(seed, OrderStream, epoch).Shuffle(order);
        for (var step = 0; step < count / batchSize; step++)
        {
            yield return (order[(step * batchSize)..((step + 1) * batchSize)], new KeyedRandom(seed, StepStream, epoch, step));
        }
    }

    /// <summary>All samples in order; the last batch may be smaller.</summary>
    internal static IEnumerable<int[]> InOrder(int count, int batchSize) => Enumerable.Range(0, count).Chunk(batchSize);
}
