using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Onnx;

/// <summary>
/// Convolutions of a graph: quantised weights are integers and block multipliers that DequantizeLinear multiplies in FP32, exactly as xi q is
/// computed in training; kernels that are series are expanded from their coefficients; inputs of quantised layers go through <see cref="BlockFloatingPointFunction"/>.
/// </summary>
internal sealed class OnnxConvolutions
{
    private readonly OnnxGraph graph;
    private readonly QuantizerOptions options;
    private readonly Dictionary<string, (QuantizableConvolution Layer, int Bits, bool QuantizesInput)> layers;

    internal OnnxConvolutions(OnnxGraph graph, BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options)
    {
        (this.graph, this.options) = (graph, options);

        // The first layer's input is the image, which stays as it is.
        layers = network.Convolutions
            .Select((convolution, k) => (convolution.Name, Value: (convolution.Layer, bits[k], k > 0 && bits[k] > 0 && options.QuantizeActivations)))
            .ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <returns>The name of the result.</returns>
    internal string Append(Convolution convolution, PlacedBlock placed, string x)
    {
        var (layer, bits, quantizesInput) = layers[placed.Path];
        var input = quantizesInput ? AppendBlockFloatingPoint(placed.Input, bits, x) : x;
        var name = $"{placed.Path}.weight";
        var stored = bits > 0
            ? AppendDequantized(name, layer.Weight, bits)
            : graph.Constant(name, n => OnnxTensor.Float(n, layer.Weight.shape, layer.Weight.data<float>().ToArray()));
        var weight = layer.Series is { } series ? AppendExpansion(series, layer.Weight.shape, stored) : stored;
        string[] bias = layer.Bias is { } values
            ? [graph.Constant($"{placed.Path}.bias", n => OnnxTensor.Float(n, values.shape, values.data<float>().ToArray()))]
            : [];
        return graph.Nodes.Add(
            "Conv",
            [input, weight, .. bias],
            OnnxAttribute.Ints("kernel_shape", Longs(convolution.Kernel)),
            OnnxAttribute.Ints("strides", Longs(convolution.Stride)),
            OnnxAttribute.Ints("pads", [.. Longs(convolution.Padding), .. Longs(convolution.Padding)]),
            OnnxAttribute.Int("group", convolution.Groups));
    }

    private string AppendDequantized(string name, Tensor weight, int bits)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var (integers, multipliers) = DsConv.Encode(weight, bits, options);
        var quantized = graph.Constant($"{name}_quantized", n => OnnxTensor.Integers(n, OnnxTensor.TypeOf(bits), weight.shape, ChannelsSecond(integers, weight.shape, weight.shape[1])));
        var (shape, blocks) = (weight.shape, multipliers.shape[1]);
        shape[1] = blocks;
        var values = ChannelsSecond(multipliers, shape, blocks);
        var scale = options.Multipliers == MultiplierPrecision.Fp32
            ? graph.Constant($"{name}_multipliers", n => OnnxTensor.Float(n, shape, values))
            : graph.Nodes.Add("Cast", [graph.Constant($"{name}_multipliers", n => OnnxTensor.Float16(n, shape, values))], OnnxAttribute.Int("to", (long)OnnxType.Float));
        return graph.Nodes.Add("DequantizeLinear", [quantized, scale], OnnxAttribute.Int("axis", 1), OnnxAttribute.Int("block_size", options.BlockSize));
    }

    // Coefficients O x C x harmonics, flat, times the basis H x K, give the kernels.
    private string AppendExpansion(SeriesExpansion series, long[] shape, string coefficients)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var (count, positions) = (series.CoefficientCount, series.PositionCount);
        var harmonics = string.Join('_', series.Harmonics);
        var extents = string.Join('_', series.Extents);

        // The kernels of the single harmonics are the rows of the basis.
        var basis = graph.Constant($"basis_{series.Kind}_{harmonics}_{extents}", n => OnnxTensor.Float(
            n, [count, positions], series.Expand(tensor(Identity(count), [count, 1, .. Longs(series.Harmonics)])).data<float>().ToArray()));
        var flat = graph.Nodes.Add("Reshape", [coefficients, graph.Integers($"flat_{count}", 0, 0, count)]);
        var kernels = graph.Nodes.Add("MatMul", [flat, basis]);
        return graph.Nodes.Add("Reshape", [kernels, graph.Integers($"kernel_{shape[0]}_{shape[1]}_{extents}", [shape[0], shape[1], .. Longs(series.Extents)])]);
    }

    // (O x kernel) x G x B, of which the first values along G x B are meant -> O x values x kernel.
    private static float[] ChannelsSecond(Tensor blocks, long[] shape, long values)
    {
        var rows = blocks.reshape(blocks.shape[0], -1).narrow(1, 0, values);
        var last = rows.reshape([shape[0], .. shape[2..], values]);
        return last.permute([0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2)]).data<float>().ToArray();
    }

    private string AppendBlockFloatingPoint(IReadOnlyList<int> shape, int bits, string x)
    {
        var (channels, axes) = (shape[0], shape.Count - 1);
        var block = Math.Min(options.BlockSize, channels);
        var missing = (block - (channels % block)) % block;
        var nothing = new long[axes];
        var padded = missing == 0 ? x : graph.Nodes.Add("Pad", [x, graph.Integers($"pad_{axes}_0_{missing}", [0, 0, .. nothing, 0, missing, .. nothing])]);
        var rounded = graph.Nodes.Call(
            BlockFloatingPointFunction.Domain,
            BlockFloatingPointFunction.Name,
            [
                padded,
                graph.Integers($"blocks_{(channels + missing) / block}_{block}", 0, (channels + missing) / block, block, -1),
                graph.Constant("powers_of_two", n => OnnxTensor.Float(n, [BlockFloatingPointFunction.Powers.Length], BlockFloatingPointFunction.Powers)),
                graph.Scalar($"limit_{bits}", (1 << bits) - 1),
                graph.Scalar($"unit_{bits}", Math.ScaleB(1, 1 - bits)),
            ]);
        return missing == 0
            ? rounded
            : graph.Nodes.Add("Slice", [rounded, graph.Integers("channels_start", 0), graph.Integers($"channels_end_{channels}", channels), graph.Integers("channels_axis", 1)]);
    }

    // n x n, row-major.
    private static float[] Identity(int n) => [.. Enumerable.Range(0, n * n).Select(k => k / n == k % n ? 1f : 0f)];

    private static IEnumerable<long> Longs(IReadOnlyList<int> values) => values.Select(value => (long)value);
}
