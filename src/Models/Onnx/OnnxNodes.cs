namespace Bitcurve.Models.Onnx;

/// <summary>Nodes of a graph or function in the order of computation; each has one output, named after its operator and number.</summary>
/// <param name="prefix">Of the outputs' names.</param>
internal sealed class OnnxNodes(string prefix)
{
    private readonly List<ProtoMessage> nodes = [];

    internal IReadOnlyList<ProtoMessage> Messages => nodes;

    /// <summary>Adds a node of the standard operators.</summary>
    /// <returns>The name of its output.</returns>
    internal string Add(string operation, IReadOnlyList<string> inputs, params IReadOnlyList<ProtoMessage> attributes) =>
        Add("", operation, inputs, $"{prefix}{operation}_{nodes.Count}", attributes);

    /// <summary>Adds a call of a function of the model.</summary>
    /// <returns>The name of its output.</returns>
    internal string Call(string domain, string function, IReadOnlyList<string> inputs) => Add(domain, function, inputs, $"{prefix}{function}_{nodes.Count}");

    /// <summary>Adds a node.</summary>
    /// <param name="domain">Empty for the standard operators.</param>
    /// <param name="operation">Operator or function.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="output">Name that its output gets.</param>
    /// <param name="attributes">See <see cref="OnnxAttribute"/>.</param>
    /// <returns>The name of its output.</returns>
    internal string Add(string domain, string operation, IReadOnlyList<string> inputs, string output, params IReadOnlyList<ProtoMessage> attributes)
    {
        nodes.Add(new ProtoMessage()
            .AddAll(OnnxFields.Node.Input, inputs)
            .Add(OnnxFields.Node.Output, output)
            .Add(OnnxFields.Node.Name, $"{prefix}{nodes.Count}")
            .Add(OnnxFields.Node.OpType, operation)
            .AddAll(OnnxFields.Node.Attribute, attributes)
            .Add(OnnxFields.Node.Domain, domain));
        return output;
    }
}
