using System.Text.Json.Serialization;
using Bitcurve.Models.Architecture;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Cli.Describe;

/// <param name="Name">Module path.</param>
/// <param name="Shape">O x C per group x kernel.</param>
/// <param name="Weights">Number of weights of the kernel.</param>
/// <param name="Stored">Numbers that are stored for them: as many, or the coefficients of a series.</param>
/// <param name="Bits">Bit-width, null for FP32.</param>
/// <param name="Harmonics">Harmonics per axis, null for a kernel stored as it is.</param>
/// <param name="Bytes">Stored numbers and block multipliers, rounded up.</param>
/// <param name="Macs">Multiply-accumulates of one sample.</param>
internal sealed record DescribedLayer(
    string Name, IReadOnlyList<int> Shape, long Weights, long Stored, int? Bits, int? Harmonics, long Bytes, long Macs);

/// <param name="Weights">All weights of convolutions.</param>
/// <param name="Stored">Numbers stored for them.</param>
/// <param name="WeightBits">sum(stored numbers x bits).</param>
/// <param name="DsconvBits">The same with one 16-bit multiplier per block.</param>
/// <param name="Fp32Bytes">The convolutions' weights in FP32.</param>
/// <param name="OtherParameters">Fully connected layers, norms and biases, which stay FP32.</param>
/// <param name="Parameters">Everything that is trained, series instead of kernels.</param>
/// <param name="Macs">Multiply-accumulates of one sample, fully connected layers included.</param>
/// <param name="BitOperations">sum(MACs x bits x bits) over the convolutions.</param>
internal sealed record DescribedTotals(
    long Weights, long Stored, long WeightBits, long DsconvBits, long Fp32Bytes, long OtherParameters, long Parameters, long Macs, long BitOperations);

/// <summary>A network as <c>bitcurve describe</c> prints it.</summary>
internal sealed record DescribedNetwork(string Network, IReadOnlyList<int> Input, IReadOnlyList<DescribedLayer> Layers, DescribedTotals Totals)
{
    /// <summary>What its split convolutions cost; null unless asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SplitConvolution>? Costs { get; init; }

    /// <param name="network">The layers.</param>
    /// <param name="bits">A width per convolution, 0 for FP32; null for FP32 everywhere.</param>
    /// <param name="harmonics">Harmonics per convolution; null for no series.</param>
    /// <param name="blockSize">Channels per block.</param>
    internal static DescribedNetwork Of(Blueprint network, IReadOnlyList<int>? bits, IReadOnlyList<int>? harmonics, int blockSize)
    {
        var layers = network.Convolutions.Select((layer, k) => Layer(layer, bits?[k] ?? 0, harmonics?[k], blockSize)).ToList();
        var size = SizeOf(network.Convolutions, bits, harmonics, blockSize);
        var (weights, stored) = (layers.Sum(layer => layer.Weights), layers.Sum(layer => layer.Stored));
        var others = network.ParameterCount - weights;
        return new(
            network.Name,
            network.Input,
            layers,
            new(weights, stored, size.WeightBits, size.DsconvBits, weights * sizeof(float), others, others + stored, network.Macs, size.BitOperations));
    }

    /// <summary>Sizes of some convolutions.</summary>
    internal static ModelSize SizeOf(IReadOnlyList<PlacedBlock> layers, IReadOnlyList<int>? bits, IReadOnlyList<int>? harmonics, int blockSize) => ModelSize.Of(
        [.. layers.Select(layer => new LayerDescription(layer.Path, layer.WeightShape!, layer.Macs))],
        new Scheme(bits ?? [], harmonics ?? []),
        blockSize);

    private static DescribedLayer Layer(PlacedBlock layer, int bits, int? harmonics, int blockSize)
    {
        var size = SizeOf([layer], [bits], harmonics is { } h ? [h] : null, blockSize);
        var isSeries = harmonics < SchemeText.Extent(layer);
        var stored = size.WeightBits / (bits == 0 ? ModelSize.Fp32Bits : bits);
        return new(layer.Path, layer.WeightShape!, layer.WeightCount, stored, bits == 0 ? null : bits, isSeries ? harmonics : null, size.MemoryBytes, layer.Macs);
    }
}
