using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Bitcurve.Tidy.Tests;

/// <summary>deploy/prometheus: every rule says what happened and what to do, and has its test. Whether they hold, tests/Prometheus.Tests asks promtool.</summary>
public class DeployAlertsTests
{
    private static readonly string[] Severities = ["critical", "warning", "info"];

    private static IReadOnlyList<YamlNode> Rules { get; } =
        [.. DeployYaml.Documents("deploy/prometheus/alerts.yml").Single().Items("groups").SelectMany(group => group.Items("rules"))];

    [Fact]
    public void Alerts_AreThoseThatSomebodyShouldLookAt() => Assert.Equal(
        ["BitcurveBudgetNearlySpent", "BitcurveJobsFail", "BitcurveNoWorker", "BitcurveSearchStalled", "BitcurveServerDown"],
        Rules.Select(rule => rule.Text("alert")).Order(StringComparer.Ordinal));

    [Fact]
    public void Alerts_SayHowBadItIsAndWhatToDo() => Assert.All(Rules, rule =>
    {
        Assert.Contains(rule.Text("labels/severity"), Severities);
        Assert.Matches(@"^[^\n]+\.$", rule.Text("annotations/summary"));
        Assert.Matches(@"\.$", rule.Text("annotations/description"));
    });

    [Fact]
    public void Alerts_AreTestedFiringAndSilent()
    {
        var tests = DeployYaml.Documents("deploy/prometheus/alerts-test.yml").Single().Items("tests");
        Assert.All(Rules.Select(rule => rule.Text("alert")), name =>
        {
            var cases = tests.SelectMany(test => test.Items("alert_rule_test")).Where(test => test.Text("alertname") == name).ToList();
            Assert.Contains(cases, test => test.Items("exp_alerts").Count > 0);
        });
        Assert.Contains(tests.SelectMany(test => test.Items("alert_rule_test")), test => test.Items("exp_alerts").Count == 0);
    }

    [Fact]
    public void Commands_InDescriptions_AreUnderstood() => Assert.All(
        Rules.SelectMany(rule => Regex.Matches(rule.Text("annotations/description"), "`bitcurve ([^`]+)`")).Select(match => Regex.Replace(match.Groups[1].Value, @"\{\{.*?\}\}", "ID")),
        line => Assert.Null(new DeployCommandLine("alerts.yml", [.. line.Split(' ').Where(word => word != "ID")]).Fault()));

    [Fact]
    public void Compose_MountsTheRulesWherePrometheusLooks()
    {
        var prometheus = DeployYaml.Documents("deploy/compose.yaml").Single().Find("services/prometheus")!;
        var configuration = prometheus.Texts("command").Single(word => word.StartsWith("--config.file=", StringComparison.Ordinal)).Split('=')[1];
        var files = DeployYaml.Documents("deploy/compose/prometheus.yml").Single().Texts("rule_files");
        Assert.All(files, file => Assert.Contains($"./prometheus/{file}:{Path.GetDirectoryName(configuration)}/{file}:ro", prometheus.Texts("volumes")));
        Assert.NotEmpty(files);
    }
}
