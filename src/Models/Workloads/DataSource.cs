using Bitcurve.Models.Data;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Workloads;

/// <summary>Where a workload's images come from, and the recipes that suit them.</summary>
/// <param name="Name">As users write it: <c>shapes32</c>, <c>cifar10:DIR</c>, <c>shards:DIR</c>.</param>
/// <param name="Load">Reads or generates the images.</param>
/// <param name="Baseline">FP32 training.</param>
/// <param name="FineTuning">Training after quantisation.</param>
public sealed record DataSource(string Name, Func<ImageSplits> Load, TrainingRecipe Baseline, TrainingRecipe FineTuning)
{
    /// <summary>Those of <see cref="Expected"/> that need no files.</summary>
    public static readonly IReadOnlyList<string> Generated = ["shapes32", "shapes32-tiny"];

    /// <summary>What <see cref="Parse"/> accepts, for messages and help.</summary>
    public const string Expected = "shapes32, shapes32-tiny, cifar10:DIR, cifar100:DIR, imagenet32:DIR or shards:DIR";

    private static readonly IReadOnlyList<Folder> Folders =
    [
        new("cifar10:", Cifar10.Load, TrainingRecipe.CifarBaseline, TrainingRecipe.CifarFineTuning),
        new("cifar100:", Cifar100.Load, TrainingRecipe.CifarBaseline, TrainingRecipe.CifarFineTuning),
        new("imagenet32:", ImageNet32.Load, TrainingRecipe.ImageNet32Baseline, TrainingRecipe.ImageNet32FineTuning),
        new("shards:", ShardedImages.Load, TrainingRecipe.ImageNetBaseline, TrainingRecipe.ImageNetFineTuning),
    ];

    // A twentieth of the images, half the epochs: seconds, to try the tools and to test them; accuracies mean little.
    private static readonly Shapes32Options Tiny = new() { TrainCount = 320, ValidationCount = 100, TestCount = 100, FineTuneCount = 128 };

    // Generated once in a process: workloads that differ in nothing but the network share their images.
    private static readonly Lazy<ImageSplits> Shapes = new(() => Shapes32.Generate());
    private static readonly Lazy<ImageSplits> TinyShapes = new(() => Shapes32.Generate(Tiny));

    /// <exception cref="ArgumentException">Not one of <see cref="Expected"/>.</exception>
    public static DataSource Parse(string text)
    {
        if (text == "shapes32")
        {
            return new(text, () => Shapes.Value, TrainingRecipe.ShapesBaseline, TrainingRecipe.ShapesFineTuning);
        }

        if (text == "shapes32-tiny")
        {
            return new(text, () => TinyShapes.Value, TrainingRecipe.ShapesBaseline with { Epochs = 20 }, TrainingRecipe.ShapesFineTuning);
        }

        foreach (var folder in Folders)
        {
            if (text.StartsWith(folder.Prefix, StringComparison.Ordinal) && text.Length > folder.Prefix.Length)
            {
                return new(text, () => folder.Load(text[folder.Prefix.Length..]), folder.Baseline, folder.FineTuning);
            }
        }

        throw new ArgumentException($"unknown data '{text}': expected {Expected}");
    }

    // A published data set that lies in a folder of the user's.
    private sealed record Folder(string Prefix, Func<string, ImageSplits> Load, TrainingRecipe Baseline, TrainingRecipe FineTuning);
}
