using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bitcurve.Tidy.Tests;

/// <summary>The YAML below deploy/, read as compose reads it: <c>&lt;&lt;</c> gives a mapping what it lacks of another.</summary>
internal static class DeployYaml
{
    internal static IEnumerable<string> Paths { get; } =
        [.. Repository.Files("deploy", "*.y*ml").Select(file => file.Path.Replace('\\', '/')).Where(path => !path.Contains("/secrets/", StringComparison.Ordinal)).Order()];

    /// <summary>Every document of a file.</summary>
    /// <exception cref="YamlException">It does not parse; a key that is there twice is a reason too.</exception>
    internal static IReadOnlyList<YamlNode> Documents(string path)
    {
        using var text = new StringReader(Repository.Read(path));
        var stream = new YamlStream();
        stream.Load(text);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The node at a path such as <c>services/server/image</c>, or null. A slash within a key is <c>~1</c>, as in JSON pointers.</summary>
    internal static YamlNode? Find(this YamlNode node, string path)
    {
        YamlNode? found = node;
        foreach (var key in path.Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal)))
        {
            found = (found as YamlMappingNode)?.Own(key);
        }

        return found;
    }

    internal static string Text(this YamlNode node, string path) =>
        node.Find(path) is YamlScalarNode { Value: { } value } ? value : throw new InvalidDataException($"expected a value at {path}, actual {node.Find(path)?.ToString() ?? "nothing"}");

    internal static IReadOnlyList<YamlNode> Items(this YamlNode node, string path) => node.Find(path) is YamlSequenceNode sequence ? [.. sequence] : [];

    internal static IReadOnlyList<string> Texts(this YamlNode node, string path) => [.. node.Items(path).OfType<YamlScalarNode>().Select(item => item.Value!)];

    internal static IEnumerable<KeyValuePair<string, YamlNode>> Entries(this YamlNode node, string path) =>
        node.Find(path) is YamlMappingNode mapping ? mapping.Merged() : [];

    /// <summary>Every scalar with the key it stands under, at any depth.</summary>
    internal static IEnumerable<(string Key, string Value)> Scalars(this YamlNode node, string key = "") => node switch
    {
        YamlScalarNode scalar => [(key, scalar.Value ?? "")],
        YamlSequenceNode sequence => sequence.SelectMany(item => item.Scalars(key)),
        YamlMappingNode mapping => mapping.Merged().SelectMany(entry => entry.Value.Scalars(entry.Key)),
        _ => [],
    };

    /// <summary>Docker's duration of whole seconds, e.g. <c>35s</c>.</summary>
    internal static int Seconds(string duration) =>
        Regex.Match(duration, @"^(\d+)s$") is { Success: true } match ? int.Parse(match.Groups[1].Value) : throw new InvalidDataException($"expected seconds such as 35s, actual '{duration}'");

    private static YamlNode? Own(this YamlMappingNode mapping, string key) => mapping.Merged().FirstOrDefault(entry => entry.Key == key).Value;

    private static IEnumerable<KeyValuePair<string, YamlNode>> Merged(this YamlMappingNode mapping)
    {
        var own = mapping.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, entry.Value)).ToList();
        var lent = own.Where(entry => entry.Key == "<<").SelectMany(entry => ((YamlMappingNode)entry.Value).Merged());
        return own.Where(entry => entry.Key != "<<").Concat(lent).DistinctBy(entry => entry.Key);
    }
}
