namespace Bitcurve.Tidy.Tests;

/// <summary>A systemd unit as its settings.</summary>
internal sealed record DeployUnit(string Path, ILookup<string, string> Settings)
{
    internal static IEnumerable<DeployUnit> All() => Repository.Files("deploy/systemd", "*.service")
        .Select(file => new DeployUnit(file.Path, Assignments(file.Text).ToLookup(setting => setting.Key, setting => setting.Value)));

    /// <summary><c>NAME=VALUE</c> lines; comments and sections are left out.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Assignments(string text) =>
        from line in text.Split('\n')
        where line.Length > 0 && line[0] is not ('#' or ';' or '[')
        let parts = line.Split('=', 2)
        select parts is [var name, var value]
            ? KeyValuePair.Create(name, value)
            : throw new InvalidDataException($"expected NAME=VALUE, actual '{line}'");

    internal string Only(string setting) => Settings[setting].ToList() is [var one]
        ? one
        : throw new InvalidDataException($"{Path}: expected one {setting}, actual {Settings[setting].Count()}");
}
