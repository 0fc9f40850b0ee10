namespace Bitcurve.Models.Networks;

/// <summary>The networks by name (networks.md), each built with fresh weights from the global generator.</summary>
public static class NetworkCatalogue
{
    private static readonly SortedDictionary<string, Func<int, ImageClassifier>> Factories = new(StringComparer.Ordinal)
    {
        ["vgg8"] = classes => new Vgg("vgg8", [16, 0, 16, 32, 0, 32, 48, 0, 48, 64, 64], classes, bias: false),
        ["vgg11"] = classes => new Vgg("vgg11", [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0], classes, bias: true),
        ["vgg13"] = classes => new Vgg("vgg13", [64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0], classes, bias: true),
        ["vgg16"] = classes => new Vgg("vgg16", [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0], classes, bias: true),
        ["vgg19"] = classes => new Vgg("vgg19", [64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0], classes, bias: true),
        ["resnet8"] = classes => Small("resnet8", 1, classes, poolAfterStem: true),
        ["resnet20"] = classes => Small("resnet20", 3, classes),
        ["resnet32"] = classes => Small("resnet32", 5, classes),
        ["resnet56"] = classes => Small("resnet56", 9, classes),
        ["resnet18-cifar"] = classes => new ResNet("resnet18-cifar", [64, 128, 256, 512], [2, 2, 2, 2], classes, Shortcut.Projection),
        ["resnet34-cifar"] = classes => new ResNet("resnet34-cifar", [64, 128, 256, 512], [3, 4, 6, 3], classes, Shortcut.Projection),
    };

    public static IReadOnlyCollection<string> Names => Factories.Keys;

    /// <exception cref="ArgumentException">No network has this name; the message lists those there are.</exception>
    public static void Check(string name)
    {
        if (!Factories.ContainsKey(name))
        {
            throw new ArgumentException($"unknown network '{name}': expected one of {string.Join(", ", Names)}");
        }
    }

    /// <summary>Builds a network for K classes with weights drawn from the global generator (torch.manual_seed).</summary>
    /// <exception cref="ArgumentException">No network has this name; the message lists those there are.</exception>
    public static ImageClassifier Create(string name, int classes)
    {
        Check(name);
        return Factories[name](classes);
    }

    private static ResNet Small(string name, int blocks, int classes, bool poolAfterStem = false) =>
        new(name, [16, 32, 64], [blocks, blocks, blocks], classes, Shortcut.Padding, poolAfterStem);
}
