using Google.Protobuf;

namespace Bitcurve.Models.Onnx;

/// <summary>
/// A protocol buffers message being put together, fields in the order in which they are added. Bytes and inner messages are not copied before the
/// whole is written, so a model is in memory once.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> fields = [];
    private int size;

    internal ProtoMessage Add(int field, long value) => Add(
        CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeInt64Size(value),
        output =>
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        });

    internal ProtoMessage Add(int field, float value) => Add(
        CodedOutputStream.ComputeTagSize(field) + sizeof(float),
        output =>
        {
            output.WriteTag(field, WireFormat.WireType.Fixed32);
            output.WriteFloat(value);
        });

    internal ProtoMessage Add(int field, string value) => Add(
        CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeStringSize(value),
        output =>
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        });

    internal ProtoMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        var bytes = UnsafeByteOperations.UnsafeWrap(value);
        return Add(
            CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeBytesSize(bytes),
            output =>
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(bytes);
            });
    }

    /// <summary>An inner message, which must be complete: what is added to it later is not counted.</summary>
    internal ProtoMessage Add(int field, ProtoMessage value)
    {
        var inner = value.size;
        return Add(
            checked(CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeLengthSize(inner) + inner),
            output =>
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteLength(inner);
                value.WriteTo(output);
            });
    }

    internal ProtoMessage AddAll(int field, IEnumerable<long> values) => values.Aggregate(this, (message, value) => message.Add(field, value));

    internal ProtoMessage AddAll(int field, IEnumerable<string> values) => values.Aggregate(this, (message, value) => message.Add(field, value));

    internal ProtoMessage AddAll(int field, IEnumerable<ProtoMessage> values) => values.Aggregate(this, (message, value) => message.Add(field, value));

    /// <summary>Writes the message and leaves the stream open.</summary>
    internal void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        WriteTo(output);
    }

    private void WriteTo(CodedOutputStream output) => fields.ForEach(write => write(output));

    private ProtoMessage Add(int bytes, Action<CodedOutputStream> write)
    {
        size = checked(size + bytes);
        fields.Add(write);
        return this;
    }
}
