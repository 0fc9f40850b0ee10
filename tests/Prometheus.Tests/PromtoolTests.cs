namespace Bitcurve.Prometheus.Tests;

/// <summary>Prometheus's own judgement of what deploy/ gives it.</summary>
public class PromtoolTests
{
    public PromtoolTests() => Assert.SkipWhen(PrometheusPrograms.Missing is not null, PrometheusPrograms.Missing ?? "");

    [Fact]
    public Task Rules_AreInOrder() => PassesAsync("check", "rules", "--lint-fatal", WatchedServer.PathOf("deploy/prometheus/alerts.yml"));

    [Fact]
    public Task Rules_PassTheirTests() => PassesAsync("test", "rules", WatchedServer.PathOf("deploy/prometheus/alerts-test.yml"));

    // Without the files that only the container has; WatchedServer runs it with them.
    [Fact]
    public Task ConfigurationOfCompose_IsInOrder() => PassesAsync("check", "config", "--syntax-only", "--lint-fatal", WatchedServer.PathOf("deploy/compose/prometheus.yml"));

    private static async Task PassesAsync(params string[] arguments)
    {
        (int exitCode, string output) = await PrometheusPrograms.CheckAsync("", arguments);
        Assert.True(exitCode == 0, output);
    }
}
