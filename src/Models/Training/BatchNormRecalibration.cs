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
    /// <param name="passes">Each runs the network on one batch and reaches every norm; at least one.</param>
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
        using var pass = passes.GetEnumerator();
        while (true)
        {
            // The batch is made within the pass's own scope.
            using var step = NewDisposeScope();
            if (!pass.MoveNext())
            {
                break;
            }

            // From zero, one training pass leaves momentum x (batch statistics): a sum of them is the average up to a known factor.
            norms.ForEach(Zero);
            pass.Current();
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
