using Bitcurve.Models.Data;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Agent;
using static TorchSharp.torch;

namespace Bitcurve.Search.Bench.Tabulation;

/// <summary>A workload with its FP32 baseline, fine-tuned on possibly fewer images than a search would use.</summary>
public sealed class TabulatedWorkload : IDisposable
{
    /// <summary>Epochs after which both splits are evaluated.</summary>
    public static readonly IReadOnlyList<int> Epochs = [0, 1, 2, 5, 15];

    private const long BaselineSeed = 0;

    private readonly ImageSplits data;
    private readonly SafetensorsFile baseline;
    private readonly string baselineName;

    /// <summary>Trains the FP32 baseline unless the user's cache has it.</summary>
    /// <param name="name">As <c>bitcurve run --workload</c>.</param>
    /// <param name="fineTuneImages">How many of the first training images fine-tuning uses; null for the workload's own number.</param>
    /// <exception cref="ArgumentException">The name does not parse, or there are fewer images than asked for.</exception>
    public TabulatedWorkload(string name, int? fineTuneImages)
    {
        Workload = Workload.Open(name);
        Workload.Check();
        var all = ((ImageClassification)Workload.Problem).Data;
        data = new ImageSplits(all.Train, all.Validation, all.Test, fineTuneImages ?? all.FineTuneCount, all.Normalization);
        baselineName = BaselineFile();
        baseline = SafetensorsFile.Open(baselineName);
        using var run = TrainingRun.FineTuning(new ImageClassification(Workload.Network, data), Recipe, [], QuantizerOptions.Default, BaselineSeed, CPU);
        run.LoadWeights(baseline, baselineName);
        BaselineAccuracy = (run.Evaluate(Split.Validation), run.Evaluate(Split.Test));
    }

    public Workload Workload { get; }

    public int FineTuneImages => data.FineTuneCount;

    /// <summary>Of the FP32 network, fractions.</summary>
    public (double Validation, double Test) BaselineAccuracy { get; }

    private TrainingRecipe Recipe => Workload.FineTuning;

    /// <summary>Fine-tunes one configuration from the FP32 weights.</summary>
    /// <exception cref="DivergedException">The loss was not finite.</exception>
    public TableRow Train(Candidate configuration, int seed)
    {
        using var run = TrainingRun.FineTuning(new ImageClassification(Workload.Network, data), Recipe, configuration.Bits.ToArray(), QuantizerOptions.Default, seed, CPU);
        run.LoadWeights(baseline, baselineName);
        var (validation, test) = (new List<double>(), new List<double>());
        var training = TimeSpan.Zero;
        foreach (var epochs in Epochs)
        {
            var before = Environment.CpuUsage.TotalTime;
            while (run.Epochs < epochs)
            {
                run.TrainEpoch(null, CancellationToken.None);
            }

            training += Environment.CpuUsage.TotalTime - before;
            validation.Add(100 * run.Evaluate(Split.Validation));
            test.Add(100 * run.Evaluate(Split.Test));
        }

        var size = ModelSize.Of(TrainingWorker.Describe(Workload).Layers, configuration.Bits, QuantizerOptions.Default.BlockSize);
        return new TableRow(configuration.Bits, configuration.W, seed, size.DsconvBits, validation, test, training.TotalSeconds / Epochs[^1]);
    }

    public void Dispose() => baseline.Dispose();

    private string BaselineFile()
    {
        var cache = BaselineCache.OfUser();
        if (cache.Find(Workload, BaselineSeed) is { } cached)
        {
            return cached;
        }

        Console.Error.WriteLine($"{Workload.Name}: training the FP32 baseline, {Workload.Baseline.Epochs} epochs");
        using var run = TrainingRun.FromScratch(Workload.Problem, Workload.Baseline, BaselineSeed, CPU);
        while (run.Epochs < Workload.Baseline.Epochs)
        {
            run.TrainEpoch(null, CancellationToken.None);
        }

        cache.Store(Workload, BaselineSeed, run.Save);
        return cache.Find(Workload, BaselineSeed)!;
    }
}
