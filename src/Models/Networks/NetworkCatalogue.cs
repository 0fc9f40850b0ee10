using Bitcurve.Models.Architecture;
using Bitcurve.Models.Series;

namespace Bitcurve.Models.Networks;

/// <summary>The networks by name (networks.md), as data; <see cref="BlueprintNetwork"/> gives them weights.</summary>
public static class NetworkCatalogue
{
    /// <summary>What the names of the narrower 3D networks end with.</summary>
    public const string SmallSuffix = "@small";

    private static readonly int[] Small = [3, 32, 32];
    private static readonly int[] Large = [3, 224, 224];
    private static readonly int[] Wide = [64, 128, 256, 512];

    private static readonly SortedDictionary<string, CatalogueEntry> Images = new(StringComparer.Ordinal)
    {
        ["vgg8"] = new(classes => Vgg.Of([16, 0, 16, 32, 0, 32, 48, 0, 48, 64, 64], classes, hasBias: false), Small, 10),
        ["vgg11"] = new(classes => Vgg.Of([64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0], classes, hasBias: true), Small, 10),
        ["vgg13"] = new(classes => Vgg.Of([64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0], classes, hasBias: true), Small, 10),
        ["vgg16"] = new(classes => Vgg.Of([64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0], classes, hasBias: true), Small, 10),
        ["vgg19"] = new(classes => Vgg.Of([64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0], classes, hasBias: true), Small, 10),
        ["resnet8"] = new(classes => Cifar(1, classes, Stem.SmallPooled), Small, 10),
        ["resnet20"] = new(classes => Cifar(3, classes), Small, 10),
        ["resnet32"] = new(classes => Cifar(5, classes), Small, 10),
        ["resnet56"] = new(classes => Cifar(9, classes), Small, 10),
        ["resnet18-cifar"] = new(classes => ResNet.Of(Wide, [2, 2, 2, 2], classes, Stem.Small, Shortcut.Projection), Small, 10),
        ["resnet34-cifar"] = new(classes => ResNet.Of(Wide, [3, 4, 6, 3], classes, Stem.Small, Shortcut.Projection), Small, 10),
        ["resnet50-cifar"] = new(classes => ResNet.Of(Wide, [3, 4, 6, 3], classes, Stem.Small, Shortcut.Projection, hasBottlenecks: true), Small, 10),
        ["resnet18"] = new(classes => ResNet.Of(Wide, [2, 2, 2, 2], classes, Stem.Large, Shortcut.Projection), Large, 1000),
        ["resnet34"] = new(classes => ResNet.Of(Wide, [3, 4, 6, 3], classes, Stem.Large, Shortcut.Projection), Large, 1000),
        ["resnet50"] = new(classes => ResNet.Of(Wide, [3, 4, 6, 3], classes, Stem.Large, Shortcut.Projection, hasBottlenecks: true), Large, 1000),
        ["googlenet"] = new(GoogLeNet.Of, Small, 10),
        ["mobilenet-v1"] = new(classes => MobileNet.Of(classes, stemStride: 2), Large, 1000),
        ["mobilenet-v1-cifar"] = new(classes => MobileNet.Of(classes, stemStride: 1), Small, 10),
        ["convnext-t"] = new(ConvNeXt.Of, Large, 1000),
    };

    private static readonly SortedDictionary<string, CatalogueEntry> Volumes = new(VolumeNetworks.Published.ToDictionary(), StringComparer.Ordinal);

    private static readonly Dictionary<string, CatalogueEntry> SmallVolumes =
        VolumeNetworks.Small.ToDictionary(entry => entry.Key + SmallSuffix, entry => entry.Value, StringComparer.Ordinal);

    // Other names in use for the same networks.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["resnet20-cifar"] = "resnet20",
        ["resnet32-cifar"] = "resnet32",
        ["resnet56-cifar"] = "resnet56",
    };

    /// <summary>The networks that classify images.</summary>
    public static IReadOnlyCollection<string> Names => Images.Keys;

    /// <summary>The networks of the thesis's section 3.3 and of seed 000; each is also there with <see cref="SmallSuffix"/>, narrower and for smaller samples.</summary>
    public static IReadOnlyCollection<string> VolumeNames => Volumes.Keys;

    /// <summary>Whether a network has this name, which may be an alias or end with <see cref="SmallSuffix"/>.</summary>
    public static bool Contains(string name) => TryFind(name) is not null;

    /// <summary>The catalogue's own name of a network that has several.</summary>
    public static string OwnName(string name) => Aliases.GetValueOrDefault(name, name);

    /// <exception cref="ArgumentException">No network has this name; the message lists those there are.</exception>
    public static void Check(string name) => _ = Find(name);

    /// <summary>A network's layers with their shapes, without weights and without a tensor library.</summary>
    /// <param name="name">One of <see cref="Names"/> or <see cref="VolumeNames"/>, one of these with <see cref="SmallSuffix"/>, or an alias.</param>
    /// <param name="classes">K; null for the data that the network was published with. Networks that do not classify ignore it.</param>
    /// <param name="input">Extents of one sample, channels, then positions; null for the size that the network was published with.</param>
    /// <exception cref="ArgumentException">No network has this name, K is below 1, or the input does not fit.</exception>
    public static Blueprint Describe(string name, int? classes = null, IReadOnlyList<int>? input = null)
    {
        var entry = Find(name);
        return classes is < 1
            ? throw new ArgumentException($"classes: expected at least 1, actual {classes}")
            : new Blueprint(Aliases.GetValueOrDefault(name, name), entry.Blocks(classes ?? entry.Classes, input ?? entry.Input), input ?? entry.Input);
    }

    /// <summary>Builds a network for K classes with weights drawn from the global generator (torch.manual_seed).</summary>
    /// <param name="name">As for <see cref="Describe"/>.</param>
    /// <param name="classes">K.</param>
    /// <param name="series">Series in place of kernels; null for none.</param>
    /// <param name="input">As for <see cref="Describe"/>.</param>
    /// <exception cref="ArgumentException">No network has this name (the message lists those there are), or the series do not fit its kernels.</exception>
    public static BlueprintNetwork Create(string name, int classes, SeriesScheme? series = null, IReadOnlyList<int>? input = null) =>
        new(Describe(name, classes, input), series);

    /// <summary>The names that messages tell.</summary>
    internal static string Listed => $"{string.Join(", ", Names)}, {string.Join(", ", VolumeNames)} (these also with {SmallSuffix})";

    private static CatalogueEntry Find(string name) => TryFind(name) ?? throw new ArgumentException($"unknown network '{name}': expected one of {Listed}");

    private static CatalogueEntry? TryFind(string name) =>
        Images.GetValueOrDefault(Aliases.GetValueOrDefault(name, name)) ?? Volumes.GetValueOrDefault(name) ?? SmallVolumes.GetValueOrDefault(name);

    private static Block Cifar(int blocks, int classes, Stem stem = Stem.Small) =>
        ResNet.Of([16, 32, 64], [blocks, blocks, blocks], classes, stem, Shortcut.Padding);
}
