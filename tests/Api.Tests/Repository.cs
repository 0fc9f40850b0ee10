using System.Runtime.CompilerServices;

namespace Bitcurve.Api.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    internal static string Read(string path, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path));

    /// <summary>Names of a folder's files.</summary>
    internal static IEnumerable<string> Names(string folder, [CallerFilePath] string here = "") =>
        Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", folder)).Select(file => Path.GetFileName(file));
}
