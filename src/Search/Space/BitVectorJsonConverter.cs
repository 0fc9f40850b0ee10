using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitcurve.Search.Space;

/// <summary>Bits as one readable string, <c>"87654321"</c>, instead of a list that fills eight lines.</summary>
public sealed class BitVectorJsonConverter : JsonConverter<BitVector>
{
    public override BitVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return BitVector.Parse(reader.GetString() ?? "");
        }
        catch (ArgumentException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    public override void Write(Utf8JsonWriter writer, BitVector value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
