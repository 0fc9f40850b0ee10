using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitcurve.Search.Api.Problems;

namespace Bitcurve.Search.Api.Json;

/// <summary>
/// Compares a JSON document with the record that it should become, before it is read: the first difference is reported with its field, what
/// was expected and what is there, in the words of JSON.
/// </summary>
internal static class JsonShape
{
    private const int LongestShown = 60;

    /// <exception cref="ProblemException">A field is unknown, missing, null, or of another kind (400).</exception>
    internal static void Require(JsonElement element, Type type, string path = "")
    {
        if (element.ValueKind == JsonValueKind.Null && Nullable.GetUnderlyingType(type) is not null)
        {
            return;
        }

        JsonTypeInfo info = ApiJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                RequireObject(element, info, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                RequireList(element, info, path);
                break;
            default:
                JsonKind kind = JsonKind.Of(info.Type);
                Demand(kind.Accepts(element), path, kind.Expected, element);
                break;
        }
    }

    private static void RequireObject(JsonElement element, JsonTypeInfo info, string path)
    {
        Demand(element.ValueKind == JsonValueKind.Object, path, "an object", element);
        Dictionary<string, JsonPropertyInfo> known = info.Properties
            // What is never written has no getter here.
            .Where(property => property.Get is not null && (property.Set is not null || property.AssociatedParameter is not null))
            .ToDictionary(property => property.Name, StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string field = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!known.TryGetValue(property.Name, out JsonPropertyInfo? expected))
            {
                throw ProblemException.BadRequest(Shorten(field), $"one of the fields {string.Join(", ", known.Keys)}", "an unknown field");
            }

            if (!given.Add(property.Name))
            {
                throw ProblemException.BadRequest(field, "one value", "two");
            }

            RequireProperty(property.Value, expected, field);
        }

        if (known.Values.FirstOrDefault(property => property.IsRequired && !given.Contains(property.Name)) is JsonPropertyInfo missing)
        {
            string field = path.Length == 0 ? missing.Name : $"{path}.{missing.Name}";
            throw ProblemException.BadRequest(field, Expected(missing.PropertyType), "none");
        }
    }

    private static void RequireProperty(JsonElement value, JsonPropertyInfo property, string field)
    {
        bool mayBeNull = property.IsSetNullable && property.AssociatedParameter is not { IsNullable: false };
        if (value.ValueKind == JsonValueKind.Null)
        {
            Demand(mayBeNull, field, Expected(property.PropertyType), value);
            return;
        }

        Require(value, property.PropertyType, field);
    }

    private static void RequireList(JsonElement element, JsonTypeInfo info, string path)
    {
        Demand(element.ValueKind == JsonValueKind.Array, path, "a list", element);
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            Require(item, info.ElementType!, $"{path}[{index++}]");
        }
    }

    private static string Expected(Type type) => ApiJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { Kind: JsonTypeInfoKind.Object } => "an object",
        { Kind: JsonTypeInfoKind.Enumerable } => "a list",
        var leaf => JsonKind.Of(leaf.Type).Expected,
    };

    private static void Demand(bool holds, string path, string expected, JsonElement actual)
    {
        if (!holds)
        {
            throw ProblemException.BadRequest(path.Length == 0 ? "body" : path, expected, Shorten(actual.GetRawText()));
        }
    }

    private static string Shorten(string text) =>
        text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "...");
}
