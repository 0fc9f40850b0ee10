using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>A command line of ours that a file below deploy/ has.</summary>
/// <param name="Where">The file.</param>
/// <param name="Words">What follows the executable's name.</param>
internal sealed record DeployCommandLine(string Where, IReadOnlyList<string> Words)
{
    /// <summary>Where each command and its options are declared, below src/Search/Cli.</summary>
    private static readonly Dictionary<string, string[]> Declarations = new()
    {
        ["serve"] = ["Serve/ServeCommand.cs"],
        ["token"] = ["Serve/TokenCommand.cs"],
        ["worker"] = ["Worker/WorkerCommand.cs"],
        ["workers"] = ["Remote/WorkersCommand.cs", "Remote/ServerConnection.cs"],
        ["search"] = ["Remote/SearchCommands.cs", "Remote/ServerConnection.cs", "SearchOptions.cs"],
    };

    private static readonly string[] Groups = ["token", "search"];
    private static readonly string[] ShellOperators = [">", ">>", "|", "&", "&&", ";", "<<<"];

    internal static IEnumerable<DeployCommandLine> All() => OfImages().Concat(OfCompose()).Concat(OfKubernetes()).Concat(OfUnits()).Concat(OfDocuments());

    internal static IEnumerable<DeployCommandLine> OfImages() => DeployDockerfile.Paths
        .Select(path => Executed(path, DeployDockerfile.Read(path).Words("CMD")));

    internal static IEnumerable<DeployCommandLine> OfCompose() => DeployYaml.Documents("deploy/compose.yaml")
        .SelectMany(document => document.Entries("services"))
        .Select(service => (service.Key, Words: service.Value.Texts("command")))
        .Where(service => service.Words is ["bitcurve", ..])
        .Select(service => Executed($"deploy/compose.yaml, {service.Key}", service.Words));

    internal static IEnumerable<DeployCommandLine> OfKubernetes() =>
        from path in DeployYaml.Paths
        where path.StartsWith("deploy/kubernetes/", StringComparison.Ordinal)
        from document in DeployYaml.Documents(path)
        from container in document.Items("spec/template/spec/containers")
        select Executed(path, [.. container.Texts("command"), .. container.Texts("args")]);

    internal static IEnumerable<DeployCommandLine> OfUnits() => DeployUnit.All()
        .Select(unit => Executed(unit.Path, unit.Only("ExecStart").Replace("/opt/bitcurve/", "", StringComparison.Ordinal).Split(' ')));

    internal static IEnumerable<DeployCommandLine> OfDocuments() =>
        from file in Repository.Files("deploy", "*.md")
        from text in Shell(file.Text)
        from words in Commands([.. Regex.Matches(text, @"""[^""]*""|\S+").Select(word => word.Value.Trim('"'))])
        select new DeployCommandLine(file.Path, words);

    /// <summary>What is wrong with it, or null.</summary>
    internal string? Fault()
    {
        if (Words.Count == 0 || !Declarations.TryGetValue(Words[0], out var files))
        {
            return $"there is no 'bitcurve {Words.FirstOrDefault()}'";
        }

        var source = string.Concat(files.Select(file => Repository.Read($"src/Search/Cli/{file}")));
        var name = Groups.Contains(Words[0]) ? Words.Take(2).ToList() : [Words[0]];
        if (!source.Contains($"\"{name[^1]}\"", StringComparison.Ordinal))
        {
            return $"there is no 'bitcurve {string.Join(' ', name)}'";
        }

        var rest = Words.Skip(name.Count).ToList();
        return rest.Where(IsOption).FirstOrDefault(option => !source.Contains($"\"{option}\"", StringComparison.Ordinal)) is { } unknown
            ? $"'bitcurve {string.Join(' ', name)}' has no option {unknown}"
            : rest.Where((word, index) => !IsOption(word) && (index == 0 || !IsOption(rest[index - 1]))).Select(word => $"'{word}' belongs to no option").FirstOrDefault();
    }

    /// <summary>The word after an option, or null.</summary>
    internal string? ValueOf(string option) => Words.SkipWhile(word => word != option).Skip(1).FirstOrDefault();

    private static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal);

    private static DeployCommandLine Executed(string where, IReadOnlyList<string> words) => words is ["bitcurve", ..]
        ? new DeployCommandLine(where, [.. words.Skip(1)])
        : throw new InvalidDataException($"{where}: expected a command that begins with bitcurve, actual '{string.Join(' ', words)}'");

    // Lines of code blocks, those that a backslash continues joined; and code within sentences.
    private static IEnumerable<string> Shell(string markdown)
    {
        var blocks = Regex.Matches(markdown, @"```sh\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal));
        var prose = Regex.Replace(markdown, @"```.*?```", "", RegexOptions.Singleline);
        return blocks.SelectMany(block => block.Split('\n')).Concat(Regex.Matches(prose, "`([^`\n]+)`").Select(match => match.Groups[1].Value));
    }

    // A user or a namespace can be called bitcurve as well: those follow an option.
    private static IEnumerable<IReadOnlyList<string>> Commands(IReadOnlyList<string> words) =>
        from index in Enumerable.Range(0, words.Count)
        where words[index] is "bitcurve" or "./bitcurve" or "/opt/bitcurve/bitcurve" && index + 1 < words.Count
        where index == 0 || !words[index - 1].StartsWith('-')
        select words.Skip(index + 1).TakeWhile(word => !ShellOperators.Contains(word)).ToList();
}
