namespace Bitcurve.Tests.Shared;

/// <summary>The machine's own Chromium, e.g. Debian's package of that name.</summary>
internal static class ChromiumProgram
{
    internal static readonly IReadOnlyList<string> Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Root has no sandbox, containers have little shared memory.</summary>
    internal static readonly IReadOnlyList<string> Arguments = ["--no-sandbox", "--disable-dev-shm-usage"];

    /// <summary>Why there is none, where <see cref="Find"/> finds none.</summary>
    internal static string Missing => $"no browser on the PATH: expected {string.Join(" or ", Names)}";

    /// <summary>Its path; null where the PATH has none.</summary>
    internal static string? Find() => (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        from name in Names
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path).FirstOrDefault();
}
