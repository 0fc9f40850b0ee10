using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// One training of one network: FP32 from scratch, or fine-tuning with given bit-widths. It depends on nothing but its arguments and its
/// checkpoint: resumed at an epoch it continues bit for bit as if never interrupted. Not thread-safe.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private const int RecalibrationImages = 1000;
    private const long DropStream = 1_000_003;

    private readonly ImageSplits data;
    private readonly TrainingRecipe recipe;
    private readonly int imageCount;
    private readonly long seed;
    private readonly Device device;
    private readonly ImageBatches batches;
    private readonly SGD optimizer;
    private readonly QuantizedNetwork? quantized;
    private readonly SeriesFitMethod fit;

    private TrainingRun(BlueprintNetwork network, ImageSplits data, int imageCount, TrainingRecipe recipe, long seed, Device device, QuantizedNetwork? quantized, SeriesFitMethod fit = SeriesFitMethod.ClosedForm)
    {
        this.fit = fit;
        (Network, this.data, this.imageCount, this.recipe, this.seed, this.device, this.quantized) = (network, data, imageCount, recipe, seed, device, quantized);
        batches = new ImageBatches(data.Normalization, device);
        optimizer = optim.SGD(network.parameters(), recipe.Schedule.At(0, StepsPerEpoch, recipe.Epochs), recipe.Momentum, weight_decay: recipe.WeightDecay, nesterov: recipe.Nesterov);
    }

    /// <summary>Owned by the run.</summary>
    public BlueprintNetwork Network { get; }

    /// <summary>Epochs trained.</summary>
    public int Epochs { get; private set; }

    public int StepsPerEpoch => imageCount / recipe.BatchSize;

    public int BatchSize => recipe.BatchSize;

    /// <summary>FP32 training from weights drawn with <paramref name="seed"/>, on all training images.</summary>
    public static TrainingRun FromScratch(string network, ImageSplits data, TrainingRecipe recipe, long seed, Device device)
    {
        manual_seed(seed);
        var built = NetworkCatalogue.Create(network, data.Train.ClassNames.Count);
        return new TrainingRun(built.MovedTo(device), data, data.Train.Count, recipe, seed, device, null);
    }

    /// <summary>
    /// Fine-tuning on the first <see cref="ImageSplits.FineTuneCount"/> training images, with <paramref name="bits"/> and with
    /// <paramref name="series"/> in place of kernels; both together quantise the coefficients.
    /// </summary>
    /// <param name="network">Name in the catalogue.</param>
    /// <param name="data">Images.</param>
    /// <param name="recipe">How to train.</param>
    /// <param name="bits">One entry per convolution, 1..8 or 0 for FP32; empty for FP32 everywhere.</param>
    /// <param name="options">How to quantise.</param>
    /// <param name="seed">Decides the order of images and augmentations.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="series">Series in place of kernels; null for none.</param>
    /// <param name="fit">How <see cref="LoadWeights"/> finds their coefficients.</param>
    /// <exception cref="ArgumentException">The bit-widths or the series do not fit the network.</exception>
    public static TrainingRun FineTuning(
        string network,
        ImageSplits data,
        TrainingRecipe recipe,
        IReadOnlyList<int> bits,
        QuantizerOptions options,
        long seed,
        Device device,
        SeriesScheme? series = null,
        SeriesFitMethod fit = SeriesFitMethod.ClosedForm)
    {
        var built = NetworkCatalogue.Create(network, data.Train.ClassNames.Count, series).MovedTo(device);
        var quantized = bits.Count == 0 ? null : new QuantizedNetwork(built, bits, options);
        return new TrainingRun(built, data, data.FineTuneCount, recipe, seed, device, quantized, fit);
    }

    /// <summary>
    /// Starts from FP32 weights of the network with its full kernels: epochs and momentum stay at their beginning, and where this network has
    /// series, their coefficients are fitted to the kernels.
    /// </summary>
    /// <returns>The layers that were fitted, in module order.</returns>
    /// <exception cref="DataFormatException">The file is damaged or holds another network.</exception>
    public IReadOnlyList<FittedLayer> LoadWeights(SafetensorsFile file, string fileName)
    {
        if (Network.Series is null)
        {
            Checkpoint.Load(file, fileName, Network, null);
            return [];
        }

        using var full = new BlueprintNetwork(Network.Blueprint).MovedTo(device);
        Checkpoint.Load(file, fileName, full, null);
        return SeriesCompression.Fit(full, Network, fit);
    }

    /// <summary>Continues where a checkpoint of this very training stopped.</summary>
    /// <exception cref="DataFormatException">The file is damaged or holds another network.</exception>
    public void Resume(SafetensorsFile file, string fileName) => Epochs = Checkpoint.Load(file, fileName, Network, optimizer);

    public void Save(Stream stream) => Checkpoint.Save(stream, Network, optimizer, Epochs);

    /// <summary>Trains one epoch. When cancelled between steps the run must be resumed from a checkpoint.</summary>
    /// <param name="stepDone">Called after each step with the steps done in this epoch.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <returns>Mean loss over the epoch's steps.</returns>
    /// <exception cref="DivergedException">The loss was not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double TrainEpoch(Action<int>? stepDone, CancellationToken cancellation)
    {
        Network.train();

        // What a network draws while it trains (stochastic depth) depends on seed and epoch alone, so that a resumed run draws the same.
        manual_seed(unchecked((seed * DropStream) + Epochs));
        var (total, step) = (0.0, 0);
        using var epochScope = NewDisposeScope();
        using var batch = batches.Shuffled(data.Train, imageCount, recipe, seed, Epochs).GetEnumerator();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            if (!batch.MoveNext())
            {
                break;
            }

            SetLearningRate((Epochs * StepsPerEpoch) + step);
            var loss = Step(batch.Current.Input, batch.Current.Target);
            if (!double.IsFinite(loss))
            {
                throw new DivergedException(Epochs, step);
            }

            total += loss;
            step++;
            stepDone?.Invoke(step);
        }

        Epochs++;
        return total / Math.Max(1, step);
    }

    /// <summary>One optimiser step on one batch: quantise, forward, backward, update the FP32 weights. Returns the loss before the update.</summary>
    public double Step(Tensor input, Tensor target)
    {
        optimizer.zero_grad();
        quantized?.Requantize(forTraining: true);
        var loss = nn.functional.cross_entropy(Network.call(input), target);
        loss.backward();
        quantized?.PassGradients();
        optimizer.step();
        return loss.item<float>();
    }

    /// <summary>Fraction of a split's images classified correctly, in [0,1].</summary>
    /// <param name="split">Whose images.</param>
    /// <param name="weightsReady">Called once the weights are quantised, before the first image.</param>
    public double Evaluate(Split split, Action? weightsReady = null)
    {
        using var recording = no_grad();
        quantized?.Requantize(forTraining: false);
        weightsReady?.Invoke();
        Network.eval();
        return Evaluation.Accuracy(data[split], batches, x => Network.call(x));
    }

    /// <summary>Evaluates with batch-norm statistics re-estimated for the quantised weights; the training's own statistics are restored.</summary>
    /// <inheritdoc cref="Evaluate" path="/param"/>
    public double EvaluateRecalibrated(Split split, Action? weightsReady = null)
    {
        using var scope = NewDisposeScope();
        var kept = Network.named_buffers().Select(b => (b.buffer, copy: b.buffer.clone())).ToList();
        RecalibrateBatchNorm(weightsReady);
        var accuracy = Evaluate(split);
        using var recording = no_grad();
        kept.ForEach(b => b.buffer.copy_(b.copy));
        return accuracy;
    }

    /// <summary>Replaces the batch-norm statistics by ones re-estimated for the quantised weights on the first training images.</summary>
    /// <param name="weightsReady">Called once the weights are quantised, before the first image.</param>
    public void RecalibrateBatchNorm(Action? weightsReady = null)
    {
        quantized?.Requantize(forTraining: false);
        weightsReady?.Invoke();
        BatchNormRecalibration.Run(Network, x => Network.call(x), batches.InOrder(data.Train, Evaluation.Batch, RecalibrationImages).Select(b => b.Input));
    }

    public void Dispose()
    {
        quantized?.Dispose();
        optimizer.Dispose();
        batches.Dispose();
        Network.Dispose();
    }

    private void SetLearningRate(int step)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = recipe.Schedule.At(step, StepsPerEpoch, recipe.Epochs);
        }
    }
}
