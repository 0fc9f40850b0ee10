namespace Bitcurve.Models.Onnx;

/// <summary>
/// <see cref="Quantization.BlockFloatingPoint"/> in standard operators, as a function of the model: a runtime needs to know nothing of it.
/// Inputs are X (N x C x positions), blocks (the shape [0, C / B, B, -1]), powers (<see cref="Powers"/>), limit (2^m - 1) and unit (2^(1 - m)).
/// </summary>
internal static class BlockFloatingPointFunction
{
    internal const string Domain = "bitcurve";
    internal const string Name = "BlockFloatingPoint";

    // Block maxima are looked up within 2^-110 .. 2^127: below, the step is the smallest one anyway; above there is no power of two.
    private const int LowestExponent = -110;
    private const int HighestExponent = 127;

    // One less than the lowest: a logarithm that comes out too small looks there.
    private const int FirstPower = LowestExponent - 1;
    private const int SmallestStepExponent = -100;

    /// <summary>2^E for E = -111 .. 127, exactly; no operator is bound to give exact powers of two.</summary>
    internal static float[] Powers { get; } = [.. Enumerable.Range(FirstPower, HighestExponent - FirstPower + 1).Select(exponent => MathF.ScaleB(1, exponent))];

    /// <summary>FunctionProto.</summary>
    /// <param name="opset">Version of the standard operators.</param>
    internal static ProtoMessage Build(int opset)
    {
        var nodes = new OnnxNodes("");
        string Constant(double value) => nodes.Add("Constant", [], OnnxAttribute.Float("value_float", value));
        var shape = nodes.Add("Shape", ["X"]);
        var blocks = nodes.Add("Reshape", ["X", "blocks"]); // N x G x B x positions
        var axis = nodes.Add("Constant", [], OnnxAttribute.Ints("value_ints", [2]));
        var largest = nodes.Add("ReduceMax", [nodes.Add("Abs", [blocks]), axis], OnnxAttribute.Int("keepdims", 1));
        var magnitude = nodes.Add("Clip", [largest, Constant(Math.ScaleB(1, LowestExponent)), Constant(Math.ScaleB(1, HighestExponent))]);

        var step = nodes.Add("Max", [nodes.Add("Mul", [PowerOf(magnitude, nodes, Constant), "unit"]), Constant(Math.ScaleB(1, SmallestStepExponent))]);
        var rounded = nodes.Add("Round", [nodes.Add("Div", [blocks, step])]); // ties to even
        var clamped = nodes.Add("Clip", [rounded, nodes.Add("Neg", ["limit"]), "limit"]);
        nodes.Add("", "Reshape", [nodes.Add("Mul", [clamped, step]), shape], "Y");

        return new ProtoMessage()
            .Add(OnnxFields.Function.Name, Name)
            .AddAll(OnnxFields.Function.Input, ["X", "blocks", "powers", "limit", "unit"])
            .Add(OnnxFields.Function.Output, "Y")
            .AddAll(OnnxFields.Function.Node, nodes.Messages)
            .Add(OnnxFields.Function.DocString, "Channels of a block share the exponent of their largest magnitude (block floating point).")
            .Add(OnnxFields.Function.OpsetImport, OnnxGraph.OperatorSet("", opset))
            .Add(OnnxFields.Function.Domain, Domain);
    }

    // 2^floor(log2 x), exactly: the logarithm is off by at most one next to a power of two, which two comparisons set right.
    private static string PowerOf(string x, OnnxNodes nodes, Func<double, string> constant)
    {
        var logarithm = nodes.Add("Floor", [nodes.Add("Div", [nodes.Add("Log", [x]), constant(Math.Log(2))])]);
        var place = nodes.Add("Cast", [nodes.Add("Sub", [logarithm, constant(FirstPower)])], OnnxAttribute.Int("to", (long)OnnxType.Int64));
        var guess = nodes.Add("Gather", ["powers", place]);
        var doubled = nodes.Add("Mul", [guess, constant(2)]);
        var raised = nodes.Add("Where", [nodes.Add("GreaterOrEqual", [x, doubled]), doubled, guess]);
        return nodes.Add("Where", [nodes.Add("Greater", [raised, x]), nodes.Add("Mul", [raised, constant(0.5)]), raised]);
    }
}
