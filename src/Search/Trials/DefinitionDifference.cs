using System.Text.Json;

namespace Bitcurve.Search.Trials;

/// <summary>One field in which two definitions of a search differ, as JSON text.</summary>
/// <param name="Field">Name as in the stored JSON, e.g. <c>tasks</c>.</param>
/// <param name="Expected">The stored search's value.</param>
/// <param name="Actual">The other definition's value.</param>
public sealed record DefinitionDifference(string Field, string Expected, string Actual)
{
    /// <summary>Every field that differs, the budget excepted: it may grow while a search lives.</summary>
    public static IReadOnlyList<DefinitionDifference> Between(SearchDefinition stored, SearchDefinition other)
    {
        JsonElement expected = SearchJson.ToElement(stored);
        JsonElement actual = SearchJson.ToElement(other);
        return [.. expected.EnumerateObject()
            .Where(field => field.Name != "budget")
            .Select(field => new DefinitionDifference(field.Name, field.Value.GetRawText(), actual.GetProperty(field.Name).GetRawText()))
            .Where(difference => difference.Expected != difference.Actual)
            .Select(Shorten)];
    }

    public override string ToString() => $"{Field}: expected {Expected}, actual {Actual}";

    /// <summary>A workload is 40 lines of JSON; its name and hash say which one it is.</summary>
    private static DefinitionDifference Shorten(DefinitionDifference difference) => difference.Field == "workload"
        ? difference with { Expected = WorkloadName(difference.Expected), Actual = WorkloadName(difference.Actual) }
        : difference;

    private static string WorkloadName(string json)
    {
        using JsonDocument workload = JsonDocument.Parse(json);
        string name = workload.RootElement.GetProperty("name").GetString() ?? "";
        string hash = workload.RootElement.GetProperty("contentHash").GetString() ?? "";
        return $"{name} ({hash[..Math.Min(12, hash.Length)]})";
    }
}
