using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// Re-estimates batch-norm statistics without training: the plain average over some batches. After quantisation alone, stale statistics
/// dominate the error (shapes32.md: 64 % became 92 %).
/// </summary>
public static class BatchNormRecalibration
{
    /// <param name="network">Its running statistics are replaced; it is left in evaluation mode.</param>
    /// <param name="forward">Runs the network on one batch.</param>
    /// <param name="batches">At least one; disposed here.</param>
    public static void Run(nn.Module network, Action<Tensor> forward, IEnumerable<Tensor> batches) => Run(network, batches.Select(batch => (Action)(() =>
    {
        using var input = batch;
        forward(input);
    })));

    /// <param name="network">Its running statistics are replaced; it is left in evaluation mode.</param>
    /// <param name="passes">Forward passes of one batch each, at least one, each of which reaches every norm.</param>
    public static void Run(nn.Module network, IEnumerable<Action> passes)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var norms = network.named_modules().Select(m => m.module).OfType<BatchNorm>().ToList();
        var sums = norms.ConvertAll(n => (Mean: zeros(n.running_mean!.shape, device: n.running_mean.device), Variance: zeros(n.running_var!.shape, device: n.running_var.device)));

        // Only the norms train: dropout would make the statistics random and unlike those of evaluation.
        network.eval();
        norms.ForEach(norm => norm.train());
        var count = 0;
        foreach (var pass in passes)
        {
            using var step = NewDisposeScope();

            // From zero, one training pass leaves momentum x (batch statistics): a sum of them is the average up to a known factor.
            norms.ForEach(Zero);
            pass();
            for (var k = 0; k < norms.Count; k++)
            {
                sums[k].Mean.add_(norms[k].running_mean!);
                sums[k].Variance.add_(norms[k].running_var!);
            }

            count++;
        }

        const double momentum = 0.1;
        for (var k = 0; k < norms.Count; k++)
        {
            norms[k].running_mean!.copy_(sums[k].Mean * (1 / (momentum * count)));
            norms[k].running_var!.copy_(sums[k].Variance * (1 / (momentum * count)));
        }

        network.eval();
    }

    private static void Zero(BatchNorm norm)
    {
        norm.running_mean!.zero_();
        norm.running_var!.zero_();
    }
}
