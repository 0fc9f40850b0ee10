using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bitcurve.Tests.Shared;

namespace Bitcurve.Prometheus.Tests;

/// <summary>What dashboards and alerts ask is there, by the word of a real Prometheus that watches a server at work.</summary>
public sealed class WatchingTests : IClassFixture<WatchedServer>
{
    // Grafana takes at least four scrapes.
    private const string RateInterval = "30s";

    private static readonly IReadOnlyList<GrafanaDashboard> Dashboards = GrafanaDashboard.All();

    private readonly WatchedServer server;

    public WatchingTests(WatchedServer server)
    {
        Assert.SkipWhen(PrometheusPrograms.Missing is not null, PrometheusPrograms.Missing ?? "");
        this.server = server;
    }

    [Fact]
    public async Task Panels_EveryQueryFindsFigures()
    {
        List<(string Panel, string Query)> open = [.. Panels().SelectMany(panel => panel.Queries.Select(query => ($"{panel}", Filled(query))))];
        Assert.True(open.Count > 50, "the dashboards have hardly any query");
        AssertNothing(await server.MissingAfterAsync(async () =>
        {
            foreach ((string Panel, string Query) asked in open.ToArray())
            {
                if ((await server.Prometheus.QueryAsync(asked.Query)).Any(series => double.IsFinite(series.Value)))
                {
                    open.Remove(asked);
                }
            }

            return [.. open.Select(asked => $"{asked.Panel}: {asked.Query}")];
        }));
    }

    [Fact]
    public async Task Variables_HaveValuesToChooseFrom() => AssertNothing(await server.MissingAfterAsync(async () =>
    {
        var missing = new List<string>();
        foreach (string query in Dashboards.SelectMany(dashboard => dashboard.Variables.Values))
        {
            Match match = Regex.Match(query, @"^label_values\((\w+), (\w+)\)$");
            Assert.True(match.Success, query);
            JsonNode values = await server.Prometheus.GetAsync($"/api/v1/label/{match.Groups[2].Value}/values?match[]={match.Groups[1].Value}");
            if (values.AsArray().Count == 0)
            {
                missing.Add(query);
            }
        }

        return missing;
    }));

    [Fact]
    public async Task Queries_NameOnlyMetricsOfTheServer()
    {
        HashSet<string> named = [.. Panels().SelectMany(panel => panel.Queries).Concat(await ExpressionsOfAlertsAsync()).SelectMany(MetricsIn)];
        Assert.True(named.Count > 30, "the queries name hardly any metric");
        AssertNothing(await server.MissingAfterAsync(async () =>
        {
            HashSet<string> served = [.. Regex.Matches(await ScrapeAsync(), @"(?m)^[a-zA-Z_:][\w:]*").Select(match => match.Value), "up"];
            return [.. named.Except(served)];
        }));
    }

    [Fact]
    public async Task Alerts_AreEvaluated_AndTheFailuresAreNoticed()
    {
        AssertNothing(await server.MissingAfterAsync(async () =>
        {
            JsonNode[] rules = await RulesAsync();
            Assert.Equal(5, rules.Length);
            Assert.All(rules, rule => Assert.NotEqual("err", (string)rule["health"]!));
            return [.. rules.Where(rule => (string)rule["health"]! != "ok").Select(rule => (string)rule["name"]!), .. await UnnoticedAsync()];
        }));
        Assert.All((await RulesAsync()).Where(rule => (string)rule["name"]! is "BitcurveServerDown" or "BitcurveNoWorker"), rule => Assert.Equal("inactive", (string)rule["state"]!));
    }

    [Fact]
    public async Task Metrics_AreAsPrometheusWouldHaveThem()
    {
        // All that there is to say has been said when nothing named above is missing.
        await Queries_NameOnlyMetricsOfTheServer();
        (int exitCode, string output) = await PrometheusPrograms.CheckAsync(await ScrapeAsync(), "check", "metrics");
        Assert.Equal((0, ""), (exitCode, output));
    }

    [Fact]
    public async Task Configuration_WithItsFiles_IsInOrder()
    {
        (int exitCode, string output) = await PrometheusPrograms.CheckAsync("", "check", "config", server.Configuration);
        Assert.True(exitCode == 0, output);
    }

    private static void AssertNothing(IReadOnlyList<string> missing) => Assert.True(missing.Count == 0, $"missing:\n{string.Join('\n', missing)}");

    private static IEnumerable<GrafanaPanel> Panels() => Dashboards.SelectMany(dashboard => dashboard.Panels);

    private string Filled(string query) => query
        .Replace("$__rate_interval", RateInterval, StringComparison.Ordinal)
        .Replace("$search", server.Traffic.Search, StringComparison.Ordinal)
        .Replace("$worker", ".*", StringComparison.Ordinal);

    /// <summary>Words of a query that are neither labels, nor functions, nor operators.</summary>
    private static IEnumerable<string> MetricsIn(string query)
    {
        string withoutLabels = Regex.Replace(query, @"\{[^}]*\}|\b(?:by|on) \([^)]*\)|\[[^\]]*\]", " ");
        return Regex.Matches(withoutLabels, @"\b(?:up|[a-z]+(?:_[a-z0-9]+)+)\b(?! *\()").Select(match => match.Value);
    }

    private Task<string> ScrapeAsync() => server.Api.Http.GetStringAsync("/metrics");

    private async Task<JsonNode[]> RulesAsync() =>
        [.. (await server.Prometheus.GetAsync("/api/v1/rules"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];

    private async Task<IEnumerable<string>> ExpressionsOfAlertsAsync() => (await RulesAsync()).Select(rule => (string)rule["query"]!);

    private async Task<IReadOnlyList<string>> UnnoticedAsync()
    {
        var firing = await server.Prometheus.QueryAsync($$"""ALERTS{alertname="BitcurveJobsFail", alertstate="firing", search="{{server.Traffic.Search}}", kind="diverged"}""");
        return firing.Count == 1 ? [] : ["a firing BitcurveJobsFail"];
    }
}
