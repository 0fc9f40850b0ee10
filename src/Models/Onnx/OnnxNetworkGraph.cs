using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Onnx;

/// <summary>
/// Turns placed blocks into nodes: the same walk over a blueprint as <see cref="ModuleAssembly"/>'s, with the tensors of a network. Values are named
/// by what computes them, tensors as in the network's state dictionary.
/// </summary>
internal sealed class OnnxNetworkGraph
{
    private readonly OnnxGraph graph = new();
    private readonly BlueprintNetwork network;
    private readonly OnnxConvolutions convolutions;
    private readonly Dictionary<string, Tensor> tensors;

    /// <param name="network">Stays the caller's.</param>
    /// <param name="bits">One entry per convolution in module order, 0 for FP32.</param>
    /// <param name="options">How to quantise.</param>
    internal OnnxNetworkGraph(BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options)
    {
        this.network = network;
        tensors = network.state_dict();
        convolutions = new OnnxConvolutions(graph, network, bits, options);
    }

    /// <summary>GraphProto.</summary>
    /// <param name="top">The network's blocks, placed for the size of its input.</param>
    internal ProtoMessage Build(PlacedBlock top)
    {
        graph.Nodes.Add("", "Identity", [Append(top, OnnxGraph.Input)], OnnxGraph.Output);
        return graph.Build(network.Blueprint.Name, top.Input, top.Output);
    }

    // Appends what the block computes from the value x; returns the name of the result.
    private string Append(PlacedBlock placed, string x)
    {
        switch (placed.Block)
        {
            case Named or Stage or Sequence:
                return placed.Parts.Aggregate(x, (value, part) => Append(part, value));
            case Residual residual:
                var body = Append(placed.Parts[0], x);
                return Node("Add", [body, residual.Shortcut is null ? x : Append(placed.Parts[1], x)]);
            case Concatenation:
                return Node("Concat", [.. placed.Parts.Select(branch => Append(branch, x))], OnnxAttribute.Int("axis", 1));
            case Convolution convolution:
                return convolutions.Append(convolution, placed, x);
            case BatchNorm norm:
                return Node(
                    "BatchNormalization",
                    [x, Float(placed.Path, "weight"), Float(placed.Path, "bias"), Float(placed.Path, "running_mean"), Float(placed.Path, "running_var")],
                    OnnxAttribute.Float("epsilon", norm.Epsilon));
            case LayerNorm norm:
                return AppendLayerNorm(norm, placed, x);
            case LayerScale:
                return Node("Mul", [x, Float(placed.Path, "layer_scale")]);
            case FullyConnected connected:
                string[] inputs = [x, Float(placed.Path, "weight"), .. connected.HasBias ? (string[])[Float(placed.Path, "bias")] : []];
                return Node("Gemm", inputs, OnnxAttribute.Int("transB", 1));
            case TransposedConvolution transposed:
                return AppendTransposed(transposed, placed, x);
            case Relu:
                return Node("Relu", [x]);
            case LeakyRelu leaky:
                return Node("LeakyRelu", [x], OnnxAttribute.Float("alpha", leaky.Slope));
            case Flatten:
                return Node("Flatten", [x], OnnxAttribute.Int("axis", 1));
            case Reshape reshape:
                return Node("Reshape", [x, graph.Integers($"shape_{string.Join('_', reshape.Shape)}", [0, .. Longs(reshape.Shape)])]); // 0 keeps the batch
            case Gelu:
                return Node("Gelu", [x]);
            case MaxPool pool:
                return AppendMaxPool(pool, placed, x);
            case GlobalAverage:
                var axes = Enumerable.Range(2, placed.Input.Count - 1).Select(axis => (long)axis).ToArray();
                return Node("ReduceMean", [x, graph.Integers($"axes_{string.Join('_', axes)}", axes)], OnnxAttribute.Int("keepdims", 0));
            case PadShortcut shortcut:
                return AppendPadding(shortcut, placed, x);
            case StochasticDepth or Dropout or FeatureTap:
                return x; // the identity outside of training
            default:
                throw new NotSupportedException($"{placed.Path}: {placed.Block.GetType().Name} has no ONNX form yet");
        }
    }

    // LayerNormalization works on the last axes: the channels go there and come back.
    private string AppendLayerNorm(LayerNorm norm, PlacedBlock placed, string x)
    {
        var rank = placed.Input.Count + 1;
        string[] parameters = [Float(placed.Path, "weight"), Float(placed.Path, "bias")];
        ProtoMessage[] attributes = [OnnxAttribute.Int("axis", -1), OnnxAttribute.Float("epsilon", norm.Epsilon)];
        if (rank == 2)
        {
            return Node("LayerNormalization", [x, .. parameters], attributes);
        }

        var last = Node("Transpose", [x], OnnxAttribute.Ints("perm", [0, .. Enumerable.Range(2, rank - 2).Select(axis => (long)axis), 1]));
        var normalised = Node("LayerNormalization", [last, .. parameters], attributes);
        return Node("Transpose", [normalised], OnnxAttribute.Ints("perm", [0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)]));
    }

    private string AppendTransposed(TransposedConvolution transposed, PlacedBlock placed, string x)
    {
        string[] bias = transposed.HasBias ? [Float(placed.Path, "bias")] : [];
        return Node(
            "ConvTranspose",
            [x, Float(placed.Path, "weight"), .. bias],
            OnnxAttribute.Ints("kernel_shape", Longs(transposed.Kernel)),
            OnnxAttribute.Ints("strides", Longs(transposed.Stride)),
            OnnxAttribute.Ints("pads", [.. Longs(transposed.Padding), .. Longs(transposed.Padding)]));
    }

    private string AppendMaxPool(MaxPool pool, PlacedBlock placed, string x)
    {
        var axes = placed.Input.Count - 1;
        return Node(
            "MaxPool",
            [x],
            OnnxAttribute.Ints("kernel_shape", Enumerable.Repeat((long)pool.Kernel, axes)),
            OnnxAttribute.Ints("strides", Enumerable.Repeat((long)pool.Stride, axes)),
            OnnxAttribute.Ints("pads", Enumerable.Repeat((long)pool.Padding, 2 * axes)));
    }

    // Option A: subsample the positions, then zero channels on both sides.
    private string AppendPadding(PadShortcut shortcut, PlacedBlock placed, string x)
    {
        var axes = placed.Input.Count - 1;
        var sampled = Node(
            "Slice",
            [
                x,
                graph.Integers($"slice_starts_{axes}", new long[axes]),
                graph.Integers($"slice_ends_{axes}", [.. Enumerable.Repeat(long.MaxValue, axes)]),
                graph.Integers($"slice_axes_{axes}", [.. Enumerable.Range(2, axes).Select(axis => (long)axis)]),
                graph.Integers($"slice_steps_{axes}_{shortcut.Stride}", [.. Enumerable.Repeat((long)shortcut.Stride, axes)]),
            ]);
        var added = shortcut.Outputs - placed.Input[0];
        var (before, after) = (added / 2, added - (added / 2));
        var nothing = new long[axes];
        return Node("Pad", [sampled, graph.Integers($"pad_{axes}_{before}_{after}", [0, before, .. nothing, 0, after, .. nothing])]);
    }

    private string Float(string path, string tensor)
    {
        var name = path.Length == 0 ? tensor : $"{path}.{tensor}";
        return graph.Constant(name, n => OnnxTensor.Float(n, tensors[n].shape, tensors[n].data<float>().ToArray()));
    }

    private static IEnumerable<long> Longs(IReadOnlyList<int> values) => values.Select(value => (long)value);

    private string Node(string operation, IReadOnlyList<string> inputs, params IReadOnlyList<ProtoMessage> attributes) => graph.Nodes.Add(operation, inputs, attributes);
}
