namespace Bitcurve.Models.Onnx;

/// <summary>A graph being put together: nodes, and tensors that are part of the model (initialisers).</summary>
internal sealed class OnnxGraph
{
    internal const string Input = "image";
    internal const string Output = "logits";

    private readonly Dictionary<string, ProtoMessage> initializers = new(StringComparer.Ordinal);

    internal OnnxNodes Nodes { get; } = new("/");

    /// <summary>Adds a tensor of the model unless there is one of this name, which then must be the same.</summary>
    /// <returns>Its name.</returns>
    internal string Constant(string name, Func<string, ProtoMessage> make)
    {
        if (!initializers.ContainsKey(name))
        {
            initializers.Add(name, make(name));
        }

        return name;
    }

    internal string Integers(string name, params long[] values) => Constant(name, n => OnnxTensor.Int64(n, values));

    internal string Scalar(string name, double value) => Constant(name, n => OnnxTensor.Float(n, [], [(float)value]));

    /// <summary>GraphProto: <see cref="Input"/> is N x C x positions, <see cref="Output"/> N x K or N x K x positions.</summary>
    /// <param name="name">Of the network.</param>
    /// <param name="input">C and positions.</param>
    /// <param name="output">K, or K and positions.</param>
    internal ProtoMessage Build(string name, IReadOnlyList<int> input, IReadOnlyList<int> output) => new ProtoMessage()
        .AddAll(OnnxFields.Graph.Node, Nodes.Messages)
        .Add(OnnxFields.Graph.Name, name)
        .AddAll(OnnxFields.Graph.Initializer, initializers.Values)
        .Add(OnnxFields.Graph.Input, Value(Input, input))
        .Add(OnnxFields.Graph.Output, Value(Output, output));

    /// <summary>OperatorSetIdProto.</summary>
    internal static ProtoMessage OperatorSet(string domain, int version) => new ProtoMessage()
        .Add(OnnxFields.OperatorSet.Domain, domain)
        .Add(OnnxFields.OperatorSet.Version, version);

    private static ProtoMessage Value(string name, IReadOnlyList<int> shape)
    {
        var extents = new ProtoMessage().Add(OnnxFields.Type.Dimension, new ProtoMessage().Add(OnnxFields.Type.DimensionName, "N"));
        extents.AddAll(OnnxFields.Type.Dimension, shape.Select(extent => new ProtoMessage().Add(OnnxFields.Type.DimensionValue, extent)));
        var tensor = new ProtoMessage().Add(OnnxFields.Type.ElementType, (long)OnnxType.Float).Add(OnnxFields.Type.Shape, extents);
        return new ProtoMessage().Add(OnnxFields.ValueInfo.Name, name).Add(OnnxFields.ValueInfo.Type, new ProtoMessage().Add(OnnxFields.Type.TensorType, tensor));
    }
}
