using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>The repository's files as text.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static IEnumerable<(string Path, string Text)> CSharp(string folder) => Files(folder, "*.cs");

    internal static IEnumerable<(string Path, string Text)> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(Root, path), File.ReadAllText(path)));

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Code without comments and string contents, so that words in prose do not count.</summary>
    internal static string CodeOnly(string text) =>
        Regex.Replace(text, """//[^\n]*|"(\\.|[^"\\\n])*"|'(\\.|[^'\\])'""", " ");

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
