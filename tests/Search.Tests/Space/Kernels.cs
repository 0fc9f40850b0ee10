using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Space;

/// <summary>Layers with kernels of several sizes.</summary>
internal static class Kernels
{
    /// <summary>A large stem, 3x3 convolutions and a 1x1 shortcut: harmonics up to 7, 3, 1, 3, 3.</summary>
    public static IReadOnlyList<LayerDescription> Mixed { get; } =
    [
        new("stem", [8, 3, 7, 7], 1000), new("conv1", [8, 8, 3, 3], 900), new("shortcut", [16, 8, 1, 1], 800),
        new("conv2", [16, 40, 3, 3], 700), new("conv3", [16, 16, 3, 3], 600),
    ];

    public static WorkloadDescription Workload { get; } = new("mixed/shapes32", new string('b', 64), "accuracy", Mixed, BaselineEpochs: 10);

    /// <summary>ResNet-18 for ImageNet, its 20 convolutions in module order (He et al. 2016).</summary>
    public static IReadOnlyList<LayerDescription> ResNet18 { get; } = [new("stem", [64, 3, 7, 7], 1), .. Stages()];

    /// <summary>ConvNeXt-T's stem, which keeps its 4x4 kernel, and its 18 depthwise convolutions (Liu et al. 2022).</summary>
    public static IReadOnlyList<LayerDescription> ConvNextDepthwise { get; } =
    [
        new("stem", [96, 3, 4, 4], 1, KeepsKernel: true),
        .. new[] { (3, 96), (3, 192), (9, 384), (3, 768) }.SelectMany(
            (stage, index) => Enumerable.Range(0, stage.Item1).Select(block => new LayerDescription($"{index}.{block}", [stage.Item2, 1, 7, 7], 1))),
    ];

    private static IEnumerable<LayerDescription> Stages()
    {
        int channels = 64;
        foreach ((int stage, int width) in new[] { 64, 128, 256, 512 }.Index())
        {
            yield return new($"{stage}.0.conv1", [width, channels, 3, 3], 1);
            yield return new($"{stage}.0.conv2", [width, width, 3, 3], 1);
            if (channels != width)
            {
                yield return new($"{stage}.0.shortcut", [width, channels, 1, 1], 1);
            }

            yield return new($"{stage}.1.conv1", [width, width, 3, 3], 1);
            yield return new($"{stage}.1.conv2", [width, width, 3, 3], 1);
            channels = width;
        }
    }
}
