using Bitcurve.Search.Tests.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

/// <summary>A made-up workload with kernels of 7, 3 and 1 whose accuracy is known for all bits and harmonics.</summary>
internal static class CompressionProblem
{
    private static readonly IReadOnlyList<LayerDescription> Layers =
    [
        .. Vgg8.Layers.Select((layer, index) => layer with
        {
            WeightShape = [layer.WeightShape[0], layer.WeightShape[1], Extent(index), Extent(index)],
        }),
    ];

    /// <summary>The demo's name, so that workers of these tests take its orders.</summary>
    public static WorkloadDescription Workload { get; } = Vgg8.Workload with { Layers = Layers };

    /// <summary>Harmonics cost more accuracy in early layers, bits in late ones; short trainings see both too strongly.</summary>
    public static double Accuracy(JobOrder order, int epochs)
    {
        double loss = 0;
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            double early = 1 - (layer / 16.0);
            loss += order.Bits.Count == 0 ? 0 : (1.5 - early) * Math.Pow(2, 1 - order.Bits[layer]) / 10;
            double kept = order.Harmonics.Count == 0 ? 1 : order.Harmonics[layer] / (double)Layers[layer].KernelExtent;
            loss += early * (1 - (kept * kept)) / 40;
        }

        return Math.Max(0.1, 0.95 - (loss * (1 + (1.0 / (1 + epochs)))));
    }

    private static int Extent(int layer) => layer switch
    {
        0 => 7,
        3 => 1,
        _ => 3,
    };
}
