namespace Bitcurve.Models.Onnx;

/// <summary>Makes AttributeProto messages.</summary>
internal static class OnnxAttribute
{
    // AttributeProto.AttributeType of onnx.proto.
    private const long FloatType = 1;
    private const long IntType = 2;
    private const long IntsType = 7;

    internal static ProtoMessage Int(string name, long value) => Of(name, IntType).Add(OnnxFields.Attribute.Int, value);

    internal static ProtoMessage Ints(string name, IEnumerable<long> values) => Of(name, IntsType).AddAll(OnnxFields.Attribute.Ints, values);

    internal static ProtoMessage Float(string name, double value) => Of(name, FloatType).Add(OnnxFields.Attribute.Float, (float)value);

    private static ProtoMessage Of(string name, long type) => new ProtoMessage().Add(OnnxFields.Attribute.Name, name).Add(OnnxFields.Attribute.Type, type);
}
