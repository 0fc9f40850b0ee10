using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bitcurve.Api.Tests;
using Bitcurve.Search.Api.Security;

namespace Bitcurve.Prometheus.Tests;

/// <summary>
/// A server with tokens, workers that keep it busy, and a Prometheus that watches it as deploy/compose says: with that configuration, a
/// viewer's token and the alert rules. Only addresses and intervals are the test's own.
/// </summary>
public sealed class WatchedServer : IAsyncLifetime
{
    /// <summary>Long enough for a busy machine; a test waits only for as long as it must.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bitcurve-prometheus-");

    internal SearchApi Api { get; private set; } = null!;

    internal Traffic Traffic { get; private set; } = null!;

    internal PrometheusProcess Prometheus { get; private set; } = null!;

    /// <summary>As an operator would install it: Prometheus's configuration of compose, its rules and token beside it.</summary>
    internal string Configuration => Path.Combine(folder.FullName, "prometheus.yml");

    /// <summary>A file of the repository.</summary>
    internal static string PathOf(string file, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", file));

    public async ValueTask InitializeAsync()
    {
        if (PrometheusPrograms.Missing is not null)
        {
            return;
        }

        Api = await SearchApi.StartAsync(withTokens: true);
        Api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Api.TokenOf(Role.Admin));
        Configure();
        Prometheus = await PrometheusProcess.StartAsync(Configuration, Path.Combine(folder.FullName, "data"));
        Traffic = await Traffic.BeginAsync(Api);
    }

    /// <summary>What is missing in the end, after the workers went on until nothing was missing or the time was over.</summary>
    internal async Task<IReadOnlyList<string>> MissingAfterAsync(Func<Task<IReadOnlyList<string>>> findMissing)
    {
        using var end = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(Tick);
        IReadOnlyList<string> missing;
        do
        {
            await Traffic.GoOnAsync();
            missing = await findMissing();
        }
        while (missing.Count > 0 && !end.IsCancellationRequested && await timer.WaitForNextTickAsync());
        return missing;
    }

    public async ValueTask DisposeAsync()
    {
        if (Prometheus is not null)
        {
            await Prometheus.DisposeAsync();
        }

        if (Api is not null)
        {
            await Api.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    // Names of other containers would be looked up beyond this machine.
    private void Configure()
    {
        string token = Path.Combine(folder.FullName, "viewer-token");
        File.WriteAllText(token, Api.TokenOf(Role.Viewer) + "\n");
        File.Copy(PathOf("deploy/prometheus/alerts.yml"), Path.Combine(folder.FullName, "alerts.yml"));
        string text = File.ReadAllText(PathOf("deploy/compose/prometheus.yml"))
            .Replace("server:5080", new Uri(Api.Address).Authority, StringComparison.Ordinal)
            .Replace("/run/secrets/viewer_token", token, StringComparison.Ordinal)
            .Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal);
        File.WriteAllText(Configuration, Regex.Replace(text, @"\[(?:collector|localhost):\d+\]", "[]"));
    }
}
