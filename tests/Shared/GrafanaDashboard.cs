using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Bitcurve.Tests.Shared;

/// <summary>A dashboard of deploy/grafana.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Json">As Grafana imports it.</param>
internal sealed record GrafanaDashboard(string Path, JsonNode Json)
{
    internal static IReadOnlyList<GrafanaDashboard> All() =>
        [.. Directory.EnumerateFiles(Folder(), "*.json").Order().Select(file => new GrafanaDashboard($"deploy/grafana/{System.IO.Path.GetFileName(file)}", JsonNode.Parse(File.ReadAllText(file))!))];

    internal string Uid => Text(Json, "uid");

    /// <summary>Panels that draw something: the headings between them are left out.</summary>
    internal IReadOnlyList<GrafanaPanel> Panels => [.. Json["panels"]!.AsArray().Where(panel => Text(panel, "type") != "row").Select(panel => new GrafanaPanel(Path, panel!))];

    /// <summary>What one may choose above the panels: its name and the query for its values.</summary>
    internal IReadOnlyDictionary<string, string> Variables =>
        Json["templating"]!["list"]!.AsArray().ToDictionary(variable => Text(variable, "name"), variable => Text(variable!["query"], "query"));

    /// <exception cref="InvalidDataException">It is not there, or no text.</exception>
    internal static string Text(JsonNode? node, string name) =>
        node?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : throw new InvalidDataException($"expected a text '{name}', actual {node?[name]?.ToJsonString() ?? "nothing"} in {node?.ToJsonString()}");

    private static string Folder([CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "deploy", "grafana");
}

/// <summary>One picture of a dashboard.</summary>
internal sealed record GrafanaPanel(string Path, JsonNode Json)
{
    internal string Title => GrafanaDashboard.Text(Json, "title");

    internal IReadOnlyList<JsonNode> Targets => [.. Json["targets"]!.AsArray().Select(target => target!)];

    /// <summary>Its queries, as they are written: with variables.</summary>
    internal IReadOnlyList<string> Queries => [.. Targets.Select(target => GrafanaDashboard.Text(target, "expr"))];

    public override string ToString() => $"{Path}, '{Title}'";
}
