using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Space;

/// <summary>The demo workload's shapes, written out here so that these tests need no tensor library.</summary>
internal static class Vgg8
{
    private static readonly int[] Widths = [3, 16, 16, 32, 32, 48, 48, 64, 64];
    private static readonly int[] Extents = [32, 16, 16, 8, 8, 4, 4, 4];

    public static IReadOnlyList<LayerDescription> Layers { get; } =
    [
        .. Enumerable.Range(0, 8).Select(layer => new LayerDescription(
            $"conv{layer + 1}",
            [Widths[layer + 1], Widths[layer], 3, 3],
            (long)Widths[layer + 1] * Widths[layer] * 9 * Extents[layer] * Extents[layer])),
    ];

    public static WorkloadDescription Workload { get; } = new("vgg8/shapes32", new string('a', 64), "accuracy", Layers, BaselineEpochs: 40);
}
