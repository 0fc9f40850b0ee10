using System.Runtime.CompilerServices;

namespace Bitcurve.Api.Tests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    internal static string Read(string path, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path));
}
