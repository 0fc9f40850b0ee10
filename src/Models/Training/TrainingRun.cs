using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// One training of one network: FP32 from scratch, or fine-tuning with given bit-widths. It depends on nothing but its arguments and its
/// checkpoint: resumed at an epoch it continues bit for bit as if never interrupted. Not thread-safe.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private const long DropStream = 1_000_003;

    private readonly LearningProblem problem;
    private readonly TrainingRecipe recipe;
    private readonly int sampleCount;
    private readonly long seed;
    private readonly Device device;
    private readonly TrainingOptimizer optimizer;
    private readonly QuantizedNetwork? quantized;
    private readonly SeriesFitMethod fit;

    private TrainingRun(LearningProblem problem, TrainableNetwork network, int sampleCount, TrainingRecipe recipe, long seed, Device device, QuantizedNetwork? quantized, SeriesFitMethod fit = SeriesFitMethod.ClosedForm)
    {
        (this.problem, this.sampleCount, this.recipe, this.seed, this.device, this.quantized, this.fit) = (problem, sampleCount, recipe, seed, device, quantized, fit);
        Session = problem.Open(network, device);
        optimizer = new TrainingOptimizer(Session.Parameters, recipe, recipe.Schedule.At(0, StepsPerEpoch, recipe.Epochs));
    }

    /// <summary>Owned by the run.</summary>
    public TrainableNetwork Network => Session.Network;

    /// <summary>The network at work; owned by the run.</summary>
    public LearningSession Session { get; }

    /// <summary>Epochs trained.</summary>
    public int Epochs { get; private set; }

    public int StepsPerEpoch => sampleCount / recipe.BatchSize;

    public int BatchSize => recipe.BatchSize;

    /// <summary>FP32 training from weights drawn with <paramref name="seed"/>, on all training samples.</summary>
    public static TrainingRun FromScratch(LearningProblem problem, TrainingRecipe recipe, long seed, Device device)
    {
        manual_seed(seed);
        return new TrainingRun(problem, problem.CreateNetwork().MovedTo(device), problem.TrainCount, recipe, seed, device, null);
    }

    /// <summary>
    /// Fine-tuning on the first <see cref="LearningProblem.FineTuneCount"/> training samples, with <paramref name="bits"/> and with
    /// <paramref name="series"/> in place of kernels; both together quantise the coefficients.
    /// </summary>
    /// <param name="problem">Data, network, loss and metric.</param>
    /// <param name="recipe">How to train.</param>
    /// <param name="bits">One entry per convolution, 1..8 or 0 for FP32; empty for FP32 everywhere.</param>
    /// <param name="options">How to quantise.</param>
    /// <param name="seed">Decides the order of samples and whatever varies them.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="series">Series in place of kernels; null for none.</param>
    /// <param name="fit">How <see cref="LoadWeights"/> finds their coefficients.</param>
    /// <exception cref="ArgumentException">The bit-widths or the series do not fit the network.</exception>
    public static TrainingRun FineTuning(
        LearningProblem problem,
        TrainingRecipe recipe,
        IReadOnlyList<int> bits,
        QuantizerOptions options,
        long seed,
        Device device,
        SeriesScheme? series = null,
        SeriesFitMethod fit = SeriesFitMethod.ClosedForm)
    {
        var built = problem.CreateNetwork(series).MovedTo(device);
        var quantized = bits.Count == 0 ? null : new QuantizedNetwork(built, bits, options);
        return new TrainingRun(problem, built, problem.FineTuneCount, recipe, seed, device, quantized, fit);
    }

    /// <summary>
    /// Starts from FP32 weights of the network with its full kernels: epochs and momentum stay at their beginning, and where this network has
    /// series, their coefficients are fitted to the kernels.
    /// </summary>
    /// <returns>The layers that were fitted, in module order.</returns>
    /// <exception cref="DataFormatException">The file is damaged or holds another network.</exception>
    public IReadOnlyList<FittedLayer> LoadWeights(SafetensorsFile file, string fileName)
    {
        if (Network.Convolutions.All(convolution => convolution.Layer.Series is null))
        {
            Checkpoint.Load(file, fileName, Network, null);
            return [];
        }

        using var full = problem.CreateNetwork().MovedTo(device);
        Checkpoint.Load(file, fileName, full, null);
        return SeriesCompression.Fit(full, Network, fit);
    }

    /// <summary>Continues where a checkpoint of this very training stopped.</summary>
    /// <exception cref="DataFormatException">The file is damaged or holds another network.</exception>
    public void Resume(SafetensorsFile file, string fileName) => Epochs = Checkpoint.Load(file, fileName, Network, optimizer);

    public void Save(Stream stream) => Save(stream, null);

    /// <param name="stream">Target.</param>
    /// <param name="notes">More entries of the checkpoint's metadata.</param>
    public void Save(Stream stream, IReadOnlyDictionary<string, string>? notes) => Checkpoint.Save(stream, Network, optimizer, Epochs, notes);

    /// <summary>Trains one epoch. When cancelled between steps the run must be resumed from a checkpoint.</summary>
    /// <param name="stepDone">Called after each step with the steps done in this epoch.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <returns>Mean loss over the epoch's steps.</returns>
    /// <exception cref="DivergedException">The loss was not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double TrainEpoch(Action<int>? stepDone, CancellationToken cancellation)
    {
        Session.Train();

        // What a network draws while it trains (stochastic depth) depends on seed and epoch alone, so that a resumed run draws the same.
        manual_seed(unchecked((seed * DropStream) + Epochs));
        var (total, step) = (0.0, 0);
        using var epochScope = NewDisposeScope();
        using var steps = Session.Steps(sampleCount, recipe, seed, Epochs).GetEnumerator();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            if (!steps.MoveNext())
            {
                break;
            }

            optimizer.LearningRate = recipe.Schedule.At((Epochs * StepsPerEpoch) + step, StepsPerEpoch, recipe.Epochs);
            var loss = Step(steps.Current);
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

    /// <summary>One optimiser step: quantise, forward, backward, update the FP32 weights. Returns the loss before the update.</summary>
    /// <param name="lossOf">Computes the loss, one element, with gradients.</param>
    public double Step(Func<Tensor> lossOf)
    {
        optimizer.ZeroGradients();
        quantized?.Requantize(forTraining: true);
        var loss = lossOf();
        loss.backward();
        quantized?.PassGradients();
        optimizer.Step();
        return loss.item<float>();
    }

    /// <summary>The problem's metric on a split.</summary>
    /// <param name="split">Whose samples.</param>
    /// <param name="weightsReady">Called once the weights are quantised, before the first sample.</param>
    public double Evaluate(Split split, Action? weightsReady = null)
    {
        using var recording = no_grad();
        PrepareEvaluation(weightsReady);
        return Session.Measure(split);
    }

    /// <summary>The metric first, then whatever else tells how good the network is (<see cref="LearningSession.MeasureAll"/>).</summary>
    public IReadOnlyList<(string Name, double Value)> EvaluateAll(Split split)
    {
        using var recording = no_grad();
        PrepareEvaluation(null);
        return Session.MeasureAll(split);
    }

    /// <inheritdoc cref="LearningSession.Pictures"/>
    public IReadOnlyList<LearningPicture> Pictures()
    {
        using var recording = no_grad();
        PrepareEvaluation(null);
        return Session.Pictures();
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

    /// <summary>Replaces the batch-norm statistics by ones re-estimated for the quantised weights on the first training samples.</summary>
    /// <param name="weightsReady">Called once the weights are quantised, before the first sample.</param>
    public void RecalibrateBatchNorm(Action? weightsReady = null)
    {
        quantized?.Requantize(forTraining: false);
        weightsReady?.Invoke();
        BatchNormRecalibration.Run(Network, Session.CalibrationPasses());
    }

    public void Dispose()
    {
        quantized?.Dispose();
        optimizer.Dispose();
        Session.Dispose();
        Network.Dispose();
    }

    private void PrepareEvaluation(Action? weightsReady)
    {
        quantized?.Requantize(forTraining: false);
        weightsReady?.Invoke();
        Network.eval();
    }
}
