using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>Case files for <c>bitcurve gp</c>: the published reference without its answers, and small ones written here.</summary>
internal static class GpCases
{
    private static readonly string[] InputFields = ["name", "n", "d", "m", "X", "task", "y", "hyper", "X_test"];

    internal static JsonObject Reference() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "icm_cases.json")))!.AsObject();

    /// <summary>The reference with nothing left but what a program is given.</summary>
    internal static JsonObject ReferenceInputs()
    {
        var reference = Reference();
        var cases = reference["cases"]!.AsArray().Select(one => new JsonObject(InputFields.Select(field => KeyValuePair.Create(field, one![field]?.DeepClone()))));
        return new JsonObject { ["kernel"] = reference["kernel"]!.DeepClone(), ["cases"] = new JsonArray([.. cases]) };
    }

    /// <summary>Three observations of two tasks, which every fault is put into.</summary>
    internal static JsonObject Small() => JsonNode.Parse("""
        {"cases": [{"name": "small", "n": 3, "d": 1, "m": 2, "X": [[0.1], [0.5], [0.9]], "task": [0, 1, 1], "y": [1, 2, 1.5],
          "hyper": {"lengthscale": [0.4], "B": [[1, 0.5], [0.5, 1]], "noise_var": [0.01, 0.02], "mean": [0, 1]}, "X_test": [[0.3], [0.7]]}]}
        """)!.AsObject();

    internal static string Write(Scratch scratch, JsonNode cases)
    {
        var path = scratch.PathOf("cases.json");
        File.WriteAllText(path, cases.ToJsonString());
        return path;
    }

    internal static double[] Numbers(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => [json.GetDouble()],
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.Object => [.. json.EnumerateObject().SelectMany(member => Numbers(member.Value))],
        _ => throw new InvalidDataException($"expected numbers, actual {json.ValueKind}"),
    };

    /// <summary>Lengths of the lists in lists of regular nesting, e.g. 2 x 5.</summary>
    internal static string Shape(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? $"{json.GetArrayLength()} {(json.GetArrayLength() > 0 ? Shape(json[0]) : "")}"
        : "";
}
