using System.Text.Json;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>The stored form of a search: JSON in camel case, enums by name, numbers so that they read back exactly.</summary>
public static class SearchJson
{
    /// <summary>The conventions of the job protocol: what a worker sends is stored as it is.</summary>
    public static JsonSerializerOptions Options => JobJson.Options;

    /// <summary>The same state gives the same bytes.</summary>
    public static string Serialize(SearchState state) => JsonSerializer.Serialize(state, Options);

    /// <summary>Reads a state and checks its invariants.</summary>
    /// <exception cref="InvalidDataException">No search of this version of the schema, or one that contradicts itself.</exception>
    public static SearchState Deserialize(string json)
    {
        try
        {
            RequireVersion(json);
            SearchState state = JsonSerializer.Deserialize<SearchState>(json, Options)
                ?? throw new InvalidDataException("Stored search: expected an object, actual null.");
            SearchInvariants.Check(state);
            return state;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"Stored search: {problem.Message}", problem);
        }
    }

    /// <summary>The same event gives the same bytes.</summary>
    public static string Serialize(SearchEvent happened) => JsonSerializer.Serialize(happened, Options);

    /// <exception cref="InvalidDataException">No event of this version.</exception>
    public static SearchEvent DeserializeEvent(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SearchEvent>(json, Options)
                ?? throw new InvalidDataException("Stored event: expected an object, actual null.");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"Stored event: {problem.Message}", problem);
        }
    }

    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    private static void RequireVersion(string json)
    {
        // Before the real parse: a newer schema would otherwise be reported as whichever field it changed first.
        using JsonDocument document = JsonDocument.Parse(json);
        int? version = document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("schemaVersion", out JsonElement element)
            && element.TryGetInt32(out int number) ? number : null;
        if (version != SearchState.CurrentSchemaVersion)
        {
            throw new InvalidDataException(
                $"Stored search: expected schema version {SearchState.CurrentSchemaVersion}, actual {version?.ToString() ?? "none"}.");
        }
    }
}
