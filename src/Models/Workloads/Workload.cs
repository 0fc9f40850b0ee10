using System.Security.Cryptography;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Workloads;

/// <summary>A network, its data, and how both are trained: what a search is launched for. Immutable; the data are loaded when first asked for.</summary>
public sealed class Workload
{
    private readonly Lazy<string> contentHash;
    private readonly Lazy<IReadOnlyList<QuantizedLayer>> layers;

    private Workload(WorkloadName name, WorkloadFamily family, WorkloadContent content, TrainingRecipe baseline, string? weightsFile)
    {
        (WorkloadName, Family, Problem, Baseline, FineTuning, WeightsFile) = (name, family, content.Problem, baseline, content.FineTuning, weightsFile);
        layers = new(() => Problem.Layers);
        contentHash = new(ComputeHash);
    }

    /// <summary>E.g. <c>vgg8/shapes32</c> or <c>voxnet/solids@small</c>.</summary>
    public string Name => WorkloadName.ToString();

    /// <summary>The system it belongs to.</summary>
    public WorkloadFamily Family { get; }

    /// <summary>Left of the slash.</summary>
    public string Network => WorkloadName.Network;

    /// <summary>Data, network, loss and metric.</summary>
    public LearningProblem Problem { get; }

    /// <summary>FP32 training.</summary>
    public TrainingRecipe Baseline { get; }

    /// <summary>Training after quantisation.</summary>
    public TrainingRecipe FineTuning { get; }

    /// <summary>Safetensors file to start from instead of training an FP32 baseline, or null.</summary>
    public string? WeightsFile { get; }

    /// <summary>In module order.</summary>
    public IReadOnlyList<QuantizedLayer> Layers => layers.Value;

    /// <summary>SHA-256 (hex) of network, data, recipes and given weights: with a seed it identifies the FP32 baseline.</summary>
    public string ContentHash => contentHash.Value;

    private WorkloadName WorkloadName { get; }

    /// <param name="name">NETWORK/DATA with <c>@small</c> for a small scale, e.g. <c>vgg8/shapes32</c>, <c>vgg16/cifar10:DIR</c>, <c>ndf/solids@small</c>.</param>
    /// <param name="weightsFile">FP32 weights to start from; checked at once.</param>
    /// <param name="baselineEpochs">Length of the FP32 training, or null for the recipe's own.</param>
    /// <param name="schedule">Its learning rate, or null for the recipe's own.</param>
    /// <exception cref="ArgumentException">The name does not parse; the message lists what would.</exception>
    /// <exception cref="DataFormatException">The data or weights are missing, damaged or of another network.</exception>
    public static Workload Open(string name, string? weightsFile = null, int? baselineEpochs = null, LearningRateSchedule? schedule = null)
    {
        var parsed = WorkloadName.Parse(name);
        var family = SystemCatalogue.Find(parsed.Network);
        var content = family.Open(parsed.Scale, parsed.ChoiceFrom(family));
        var recipe = content.Baseline;
        var baseline = recipe with { Epochs = baselineEpochs ?? recipe.Epochs, Schedule = schedule ?? recipe.Schedule };
        return new Workload(parsed, family, content, baseline, weightsFile);
    }

    /// <summary>Reads data and weights now, so that what is wrong with them shows before anything is written.</summary>
    /// <exception cref="DataFormatException">The data or weights are missing, damaged or of another network.</exception>
    /// <exception cref="ArgumentException">There are fewer samples than one batch.</exception>
    public void Check()
    {
        RequireOneBatch("train", Problem.TrainCount, Baseline);
        RequireOneBatch("fine-tune", Problem.FineTuneCount, FineTuning);
        if (WeightsFile is not null)
        {
            using var network = Problem.CreateNetwork();
            using var file = SafetensorsFile.Open(WeightsFile);
            StateDictLoader.Load(file, WeightsFile, network);
        }
    }

    /// <summary>That a search has something to choose.</summary>
    /// <exception cref="ArgumentException">The network has no convolutions.</exception>
    public void RequireQuantizable()
    {
        if (Layers.Count == 0)
        {
            throw new ArgumentException($"{Name}: expected a network with convolutions to quantise, actual none; it can be trained ('bitcurve train')");
        }
    }

    // Partial batches are dropped, so fewer samples than one batch would train nothing at all.
    private void RequireOneBatch(string what, int samples, TrainingRecipe recipe)
    {
        if (samples < recipe.BatchSize)
        {
            throw new ArgumentException($"{Name}: expected at least one batch of {recipe.BatchSize} samples to {what} on, actual {samples}");
        }
    }

    private string ComputeHash()
    {
        var text = new StringBuilder("bitcurve-workload/1\n");
        text.AppendLine(WorkloadName.Scale == WorkloadScale.Full ? Network : $"{Network}{WorkloadName.SmallSuffix}");
        text.AppendLine(Problem.ContentHash);
        text.AppendLine(Baseline.ToString());
        text.AppendLine(FineTuning.ToString());
        if (WeightsFile is not null)
        {
            using var file = File.OpenRead(WeightsFile);
            text.AppendLine(Convert.ToHexStringLower(SHA256.HashData(file)));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
