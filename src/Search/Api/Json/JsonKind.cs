using System.Text.Json;

namespace Bitcurve.Search.Api.Json;

/// <summary>What a single JSON value must be, and in which words to ask for it.</summary>
internal sealed record JsonKind(string Expected, Func<JsonElement, bool> Accepts)
{
    private static readonly string[] NotFinite = ["NaN", "Infinity", "-Infinity"];

    internal static JsonKind Of(Type type)
    {
        if (type.IsEnum)
        {
            string[] names = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
            return new($"one of {string.Join(", ", names)}", value => value.ValueKind == JsonValueKind.String && names.Contains(value.GetString()));
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 => new("a whole number", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _)),
            TypeCode.Int64 => new("a whole number", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)),
            TypeCode.Double => new("a number", value => value.ValueKind == JsonValueKind.Number
                || (value.ValueKind == JsonValueKind.String && NotFinite.Contains(value.GetString()))),
            TypeCode.Boolean => new("true or false", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False),
            TypeCode.String => new("text", value => value.ValueKind == JsonValueKind.String),

            // Types with a text form of their own check it when they are read.
            _ => new("a value", value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number),
        };
    }
}
