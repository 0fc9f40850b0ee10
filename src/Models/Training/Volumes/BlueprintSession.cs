using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>A session with a network of one input and one output.</summary>
internal abstract class BlueprintSession(BlueprintNetwork network) : LearningSession(network)
{
    // Samples whose statistics stand for all of them, after quantisation (shapes32.md).
    private const int CalibrationSamples = 1000;

    /// <summary>Samples that are measured together: part of what a measurement is, since sums may depend on it.</summary>
    protected virtual int MeasuredTogether => 50;

    public override IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch)
    {
        foreach (var (samples, random) in EpochBatches.Shuffled(count, recipe.BatchSize, seed, epoch))
        {
            yield return () => Loss(samples, recipe, random);
        }
    }

    public override double Measure(Split split) => MeasureAll(split)[0].Value;

    public override IEnumerable<Action> CalibrationPasses() =>
        EpochBatches.InOrder(Math.Min(CountOf(Split.Train), CalibrationSamples), MeasuredTogether).Select(samples => (Action)(() =>
        {
            using var scope = NewDisposeScope();
            Compute(Input(Split.Train, samples));
        }));

    /// <summary>Samples of one split.</summary>
    protected abstract int CountOf(Split split);

    /// <summary>Unmoved samples as network input, in the open dispose scope.</summary>
    protected abstract Tensor Input(Split split, IReadOnlyList<int> samples);

    /// <summary>The error of one batch of training samples.</summary>
    protected abstract Tensor Loss(IReadOnlyList<int> samples, TrainingRecipe recipe, KeyedRandom random);

    protected Tensor Compute(Tensor input) => ((BlueprintNetwork)Network).call(input);

    /// <summary>Something of the network's output for each batch of a split, in order.</summary>
    /// <param name="split">Whose samples.</param>
    /// <param name="read">Takes the samples' numbers and the output, which ends with the call.</param>
    protected IReadOnlyList<T> OverBatches<T>(Split split, Func<IReadOnlyList<int>, Tensor, T> read)
    {
        using var recording = no_grad();
        var results = new List<T>();
        foreach (var samples in EpochBatches.InOrder(CountOf(split), MeasuredTogether))
        {
            using var scope = NewDisposeScope();
            results.Add(read(samples, Compute(Input(split, samples))));
        }

        return results;
    }

    /// <summary>The most frequent of some class numbers, the smallest of several.</summary>
    protected static int MostFrequent(IEnumerable<int> labels, int classes)
    {
        var counts = new int[classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        return Array.IndexOf(counts, counts.Max());
    }
}
