using System.Globalization;
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
    private readonly Lazy<ImageSplits> data;
    private readonly Lazy<string> contentHash;
    private readonly Lazy<IReadOnlyList<QuantizedLayer>> layers;

    private Workload(string network, DataSource source, TrainingRecipe baseline, string? weightsFile)
    {
        (Network, Source, Baseline, WeightsFile) = (network, source, baseline, weightsFile);
        data = new(source.Load);
        layers = new(() =>
        [
            .. NetworkCatalogue.Describe(Network, Data.Train.ClassNames.Count, [Data.Train.Channels, Data.Train.Height, Data.Train.Width]).Convolutions
                .Select(QuantizedLayer.Of),
        ]);
        contentHash = new(ComputeHash);
    }

    /// <summary>E.g. <c>vgg8/shapes32</c>.</summary>
    public string Name => $"{Network}/{Source.Name}";

    /// <summary>Name in <see cref="NetworkCatalogue"/>.</summary>
    public string Network { get; }

    public DataSource Source { get; }

    public TrainingRecipe Baseline { get; }

    /// <summary>Safetensors file to start from instead of training an FP32 baseline, or null.</summary>
    public string? WeightsFile { get; }

    public ImageSplits Data => data.Value;

    /// <summary>In module order.</summary>
    public IReadOnlyList<QuantizedLayer> Layers => layers.Value;

    /// <summary>SHA-256 (hex) of network, images, recipes and given weights: with a seed it identifies the FP32 baseline.</summary>
    public string ContentHash => contentHash.Value;

    /// <param name="name">NETWORK/DATA, e.g. <c>vgg8/shapes32</c> or <c>vgg16/cifar10:DIR</c>.</param>
    /// <param name="weightsFile">FP32 weights to start from; checked at once.</param>
    /// <param name="baselineEpochs">Length of the FP32 training, or null for the recipe's own.</param>
    /// <param name="schedule">Its learning rate, or null for the recipe's own.</param>
    /// <exception cref="ArgumentException">The name does not parse; the message lists what would.</exception>
    /// <exception cref="DataFormatException">The data or weights are missing, damaged or of another network.</exception>
    public static Workload Open(string name, string? weightsFile = null, int? baselineEpochs = null, LearningRateSchedule? schedule = null)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == name.Length - 1)
        {
            throw new ArgumentException($"unknown workload '{name}': expected NETWORK/DATA, for example vgg8/shapes32");
        }

        NetworkCatalogue.Check(name[..slash]);
        var source = DataSource.Parse(name[(slash + 1)..]);
        var recipe = source.Baseline;
        var baseline = recipe with { Epochs = baselineEpochs ?? recipe.Epochs, Schedule = schedule ?? recipe.Schedule };
        return new Workload(name[..slash], source, baseline, weightsFile);
    }

    /// <summary>Reads data and weights now, so that what is wrong with them shows before anything is written.</summary>
    /// <exception cref="DataFormatException">The data or weights are missing, damaged or of another network.</exception>
    /// <exception cref="ArgumentException">There are fewer images than one batch.</exception>
    public void Check()
    {
        RequireOneBatch("train", Data.Train.Count, Baseline);
        RequireOneBatch("fine-tune", Data.FineTuneCount, Source.FineTuning);
        if (WeightsFile is not null)
        {
            using var network = NetworkCatalogue.Create(Network, Data.Train.ClassNames.Count);
            using var file = SafetensorsFile.Open(WeightsFile);
            StateDictLoader.Load(file, WeightsFile, network);
        }
    }

    // Partial batches are dropped, so fewer images than one batch would train nothing at all.
    private void RequireOneBatch(string what, int images, TrainingRecipe recipe)
    {
        if (images < recipe.BatchSize)
        {
            throw new ArgumentException($"{Name}: expected at least one batch of {recipe.BatchSize} images to {what} on, actual {images}");
        }
    }

    private string ComputeHash()
    {
        var text = new StringBuilder("bitcurve-workload/1\n");
        text.AppendLine(Network);
        foreach (var split in Enum.GetValues<Split>())
        {
            text.AppendLine(Data[split].ContentHash);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{Data.FineTuneCount} {string.Join(' ', Data.Normalization.Mean)} {string.Join(' ', Data.Normalization.StandardDeviation)}");
        text.AppendLine(Baseline.ToString());
        text.AppendLine(Source.FineTuning.ToString());
        if (WeightsFile is not null)
        {
            using var file = File.OpenRead(WeightsFile);
            text.AppendLine(Convert.ToHexStringLower(SHA256.HashData(file)));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
