using Bitcurve.Models.Data;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>Measures a classifier on held-out images.</summary>
public static class Evaluation
{
    /// <summary>Images that are classified together: part of what a measurement is, since sums may depend on it.</summary>
    public const int Batch = 250;

    /// <summary>Fraction of the images classified correctly, in [0,1].</summary>
    /// <param name="images">All of them, in order.</param>
    /// <param name="batches">Makes them network input.</param>
    /// <param name="logits">From N x C x H x W to N x K.</param>
    public static double Accuracy(ImageDataset images, ImageBatches batches, Func<Tensor, Tensor> logits)
    {
        using var recording = no_grad();
        var correct = 0L;
        using var outer = NewDisposeScope();
        using var batch = batches.InOrder(images, Batch).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!batch.MoveNext())
            {
                return (double)correct / images.Count;
            }

            correct += logits(batch.Current.Input).argmax(1).eq(batch.Current.Target).sum().item<long>();
        }
    }
}
