using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>A network in fine-tuning and one batch of 32x32 RGB noise: its step is the one that training takes.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private const long Seed = 1;
    private static readonly Lazy<ImageSplits> Images = new(DataSource.Parse("shapes32-tiny").Load);

    private readonly TrainingRun run;

    /// <param name="network">Name in the catalogue.</param>
    /// <param name="batchSize">Images per step.</param>
    /// <param name="bits">Bit-width of every layer, or null for FP32.</param>
    /// <param name="options">How to quantise; unused in FP32.</param>
    public TrainedNetwork(string network, int batchSize, int? bits, QuantizerOptions options)
    {
        manual_seed(Seed);
        using (var built = NetworkCatalogue.Create(network, Images.Value.Train.ClassNames.Count))
        {
            int[] widths = bits is { } width ? [.. Enumerable.Repeat(width, built.Convolutions.Count)] : [];
            run = TrainingRun.FineTuning(new ImageClassification(network, Images.Value), TrainingRecipe.CifarFineTuning, widths, options, Seed, CPU);
        }

        using var scope = NewDisposeScope();
        Input = randn([batchSize, 32, 32, 3]).permute(0, 3, 1, 2).DetachFromDisposeScope(); // B x C x H x W, channels innermost in memory
        Target = tensor([.. Enumerable.Range(0, batchSize).Select(image => (long)(image % 10))]).DetachFromDisposeScope();
    }

    public BlueprintNetwork Network => (BlueprintNetwork)run.Network;

    /// <summary>B x 3 x 32 x 32.</summary>
    public Tensor Input { get; }

    /// <summary>B class indices.</summary>
    public Tensor Target { get; }

    /// <summary>Forward, backward and update with momentum 0.9 and weight decay 5e-4 at learning rate 1e-3; the loss before the update.</summary>
    public double Step()
    {
        using var scope = NewDisposeScope();
        return run.Step(() => nn.functional.cross_entropy(Network.call(Input), Target));
    }

    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
        run.Dispose();
    }
}
