using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>A Dockerfile as its instructions, with continued lines joined and comments gone.</summary>
internal sealed record DeployDockerfile(string Path, IReadOnlyList<(string Name, string Arguments)> Instructions)
{
    internal static IReadOnlyList<string> Paths { get; } = [.. Repository.Files("deploy/docker", "*.Dockerfile").Select(file => file.Path.Replace('\\', '/')).Order()];

    internal static DeployDockerfile Read(string path)
    {
        var lines = Repository.Read(path).Split('\n').Where(line => !line.StartsWith('#'));
        var text = Regex.Replace(string.Join('\n', lines), @"\\\n", " ");
        return new DeployDockerfile(path,
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
                .Select(parts => (parts[0], parts.ElementAtOrDefault(1) ?? "")),
        ]);
    }

    /// <summary>The instructions of the image that is run.</summary>
    internal IEnumerable<(string Name, string Arguments)> LastStage() =>
        Instructions.Skip(Instructions.Select((instruction, index) => (instruction.Name, index)).Last(found => found.Name == "FROM").index);

    internal IEnumerable<string> All(string name) => Instructions.Where(instruction => instruction.Name == name).Select(instruction => instruction.Arguments);

    internal string Last(string name) => LastStage().Last(instruction => instruction.Name == name).Arguments;

    /// <summary>The words of an instruction in JSON form, e.g. CMD, from its bracket on.</summary>
    internal IReadOnlyList<string> Words(string name)
    {
        var arguments = Last(name);
        return JsonSerializer.Deserialize<string[]>(arguments[arguments.IndexOf('[')..])!;
    }
}
