using System.Diagnostics;
using Bitcurve.Models;

namespace Bitcurve.Prometheus.Tests;

/// <summary>Prometheus's own programs: on the PATH, or where <c>build/prometheus.sh</c> puts them.</summary>
internal static class PrometheusPrograms
{
    internal static string? Server { get; } = Find("prometheus");

    internal static string? Tool { get; } = Find("promtool");

    /// <summary>Why there can be no test on this machine, null where there can.</summary>
    internal static string? Missing { get; } = Server is null || Tool is null
        ? "Prometheus (prometheus, promtool) is not installed here; build/prometheus.sh unpacks Debian's package"
        : null;

    /// <summary>What promtool says and whether it is content, given some text to read.</summary>
    internal static async Task<(int ExitCode, string Output)> CheckAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append(Path.Combine(UserCache.Folder, "prometheus", "usr", "bin"))
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
