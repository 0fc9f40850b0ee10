namespace Bitcurve.Models.Architecture;

/// <summary>A block at its place in a network: with the shapes that reach and leave it, and the path of its tensors.</summary>
/// <param name="Block">What it computes.</param>
/// <param name="Path">Path of the module, e.g. <c>layer1.0.conv1</c>; empty at the top.</param>
/// <param name="Input">Extents without the batch: channels, then positions.</param>
/// <param name="Output">The same of the result.</param>
/// <param name="Stage">Number of the stage it belongs to, from 0.</param>
/// <param name="Parts">The blocks inside, in the order of computation; of a residual the body, then the shortcut if there is one.</param>
public sealed record PlacedBlock(
    Block Block, string Path, IReadOnlyList<int> Input, IReadOnlyList<int> Output, int Stage, IReadOnlyList<PlacedBlock> Parts)
{
    /// <summary>All blocks without parts, in module order.</summary>
    public IEnumerable<PlacedBlock> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(part => part.Leaves);

    /// <summary>Channels per group that reach a convolution.</summary>
    public int InputsPerGroup => Input[0] / ((Convolution)Block).Groups;

    /// <summary>
    /// Extents of the weight: O x C per group x kernel of a convolution, C x O x kernel of a transposed one, O x F of a fully connected layer, C of a
    /// norm; null for blocks without one.
    /// </summary>
    public IReadOnlyList<int>? WeightShape => Block switch
    {
        Convolution convolution => [convolution.Outputs, InputsPerGroup, .. convolution.Kernel],
        TransposedConvolution transposed => [Input[0], transposed.Outputs, .. transposed.Kernel],
        FullyConnected connected => [connected.Outputs, Input[0]],
        BatchNorm or LayerNorm => [Input[0]],
        LayerScale => [Input[0], 1, 1],
        _ => null,
    };

    /// <summary>Number of weights.</summary>
    public long WeightCount => WeightShape?.Aggregate(1L, (product, extent) => product * extent) ?? 0;

    /// <summary>Elements of the bias, 0 without one.</summary>
    public long BiasCount => Block switch
    {
        Convolution { HasBias: true } convolution => convolution.Outputs,
        TransposedConvolution { HasBias: true } transposed => transposed.Outputs,
        FullyConnected { HasBias: true } connected => connected.Outputs,
        BatchNorm or LayerNorm => Input[0],
        _ => 0,
    };

    /// <summary>
    /// Multiply-accumulates of one sample: weights times output positions, of a transposed convolution times input positions; 0 for blocks that are
    /// neither convolution nor fully connected.
    /// </summary>
    public long Macs => Block switch
    {
        Convolution => WeightCount * Positions(Output),
        TransposedConvolution => WeightCount * Positions(Input),
        FullyConnected => WeightCount,
        _ => 0,
    };

    private static long Positions(IReadOnlyList<int> shape) => shape.Skip(1).Aggregate(1L, (product, extent) => product * extent);
}
