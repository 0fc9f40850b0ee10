namespace Bitcurve.EndToEnd.Tests;

/// <summary>A temporary folder that goes with the test.</summary>
public sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("bitcurve-e2e-").FullName;

    /// <summary>What its programs find in their environment besides that of the test.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
