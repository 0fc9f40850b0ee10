using System.Text.Json.Serialization;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Series;

namespace Bitcurve.Models.Training;

/// <summary>A layer that the search may quantise.</summary>
/// <param name="Name">Module path.</param>
/// <param name="WeightShape">O x C per group x kernel.</param>
/// <param name="Macs">Multiply-accumulates per sample.</param>
/// <param name="KeepsKernel">Whether a series cannot stand for its kernels although they are larger than 1.</param>
/// <param name="SharesWith">Name of an earlier layer whose bits and harmonics this one takes; null for its own.</param>
public sealed record QuantizedLayer(
    string Name,
    IReadOnlyList<int> WeightShape,
    long Macs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool KeepsKernel = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SharesWith = null)
{
    /// <summary>What a series scheme needs to know; strides only as far as they decide whether there can be a series.</summary>
    [JsonIgnore]
    public KernelGeometry Kernel
    {
        get
        {
            int[] extents = [.. WeightShape.Skip(2)];
            return new(Name, WeightShape[0], WeightShape[1], extents, KeepsKernel ? extents : [.. extents.Select(_ => 1)]);
        }
    }

    /// <summary>The convolutions of a network, in module order.</summary>
    public static IReadOnlyList<QuantizedLayer> AllOf(Blueprint network) =>
        [.. network.Convolutions.Select(placed => Of(placed) with { SharesWith = network.SharedBits.GetValueOrDefault(placed.Path) })];

    /// <summary>A convolution of a blueprint, with bits of its own.</summary>
    public static QuantizedLayer Of(PlacedBlock placed)
    {
        var convolution = (Convolution)placed.Block;
        return new(placed.Path, placed.WeightShape!, placed.Macs, KeepsKernel: convolution.Kernel.Max() > 1 && !convolution.IsCompressible);
    }
}
