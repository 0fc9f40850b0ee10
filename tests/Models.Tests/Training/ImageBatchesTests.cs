using Bitcurve.Models.Data;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training;

public class ImageBatchesTests
{
    private static readonly ImageDataset Images = Shapes32.Generate(Split.Train, new Shapes32Options { TrainCount = 24 });
    private static readonly Normalization Normalization = new([0.4, 0.5, 0.45], [0.2, 0.25, 0.21]);

    [Theory]
    [InlineData("cpu", false)]
    [InlineData("cpu", true)]
    [InlineData("cuda", false)]
    [InlineData("cuda", true)]
    public void Shuffled_OneEpoch_IsBitForBitWhatItWasAtFirst(string place, bool asTensors)
    {
        Assert.SkipWhen(place == "cuda" && cuda.device_count() == 0, "no CUDA device: its batches were not compared");
        var recipe = TrainingRecipe.ShapesFineTuning with { BatchSize = 8 };
        using var scope = NewDisposeScope();
        using var batches = new ImageBatches(Normalization, device(place), asTensors);
        var made = batches.Shuffled(Images, 20, recipe, seed: 5, epoch: 3).ToList();

        // Two whole batches of 20 images; the streams are those of the first implementation: 101 orders, 102 augments.
        Assert.Equal(2, made.Count);
        int[] order = [.. Enumerable.Range(0, 20)];
        new KeyedRandom(5, 101, 3).Shuffle(order);
        for (var step = 0; step < 2; step++)
        {
            int[] indices = order[(8 * step)..(8 * (step + 1))];
            var bytes = new byte[8 * Images.ImageBytes];
            ByteAugmentation.Assemble(recipe.Augmentation, Images, indices, new KeyedRandom(5, 102, 3, step), bytes);
            RequireBatch(made[step], bytes, indices);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InOrder_LastBatchSmaller_CoversEveryImageOnce(bool asTensors)
    {
        using var scope = NewDisposeScope();
        using var batches = new ImageBatches(Normalization, CPU, asTensors);
        var made = batches.InOrder(Images, 10).ToList();

        Assert.Equal([10, 10, 4], made.Select(b => b.Input.shape[0]));
        int[] last = [20, 21, 22, 23];
        RequireBatch(made[2], [.. last.SelectMany(ChannelsInnermost)], last);
        Assert.Equal([7], batches.InOrder(Images, 10, limit: 7).Select(b => b.Input.shape[0]));
    }

    // The arithmetic of the first implementation: one rounding after the product, one after the sum.
    private static void RequireBatch((Tensor Input, Tensor Target) batch, byte[] bytes, int[] indices)
    {
        var expected = new float[bytes.Length];
        for (var k = 0; k < bytes.Length; k++)
        {
            var (mean, deviation) = (Normalization.Mean[k % 3], Normalization.StandardDeviation[k % 3]);
            var product = bytes[k] * (float)(1 / (255 * deviation));
            expected[k] = product + (float)(-mean / deviation);
        }

        Assert.Equal([indices.Length, 3, 32, 32], batch.Input.shape);
        Assert.Equal(expected, batch.Input.permute(0, 2, 3, 1).data<float>().ToArray());
        Assert.True(batch.Input.permute(0, 2, 3, 1).is_contiguous(), "channels are innermost in memory");
        Assert.Equal(indices.Select(index => (long)Images.Labels[index]), batch.Target.data<long>().ToArray());
    }

    private static IEnumerable<byte> ChannelsInnermost(int index)
    {
        var image = Images.Image(index).ToArray();
        return Enumerable.Range(0, 32 * 32).SelectMany(pixel => Enumerable.Range(0, 3).Select(channel => image[(1024 * channel) + pixel]));
    }
}
