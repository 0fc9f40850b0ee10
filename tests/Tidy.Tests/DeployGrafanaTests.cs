using System.Text.RegularExpressions;
using Bitcurve.Tests.Shared;

namespace Bitcurve.Tidy.Tests;

/// <summary>deploy/grafana: dashboards that Grafana can read and a person can. What their queries find, tests/Prometheus.Tests asks a real Prometheus.</summary>
public class DeployGrafanaTests
{
    // Of Grafana 12.0.
    private const int SchemaVersion = 41;
    private const int Columns = 24;

    // Names of Grafana's own units in use here, from its list of value formats; "suffix: x" is a unit of our own.
    private static readonly string[] Units = ["none", "percentunit", "s", "bytes", "reqps"];

    private static readonly IReadOnlyList<GrafanaDashboard> Dashboards = GrafanaDashboard.All();

    private static IEnumerable<GrafanaPanel> Panels => Dashboards.SelectMany(dashboard => dashboard.Panels);

    [Fact]
    public void Dashboards_AreThree_WithAddressesThatStay()
    {
        Assert.Equal(["bitcurve-fleet", "bitcurve-search", "bitcurve-service"], Dashboards.Select(dashboard => dashboard.Uid));
        Assert.All(Dashboards, dashboard =>
        {
            Assert.Equal(SchemaVersion, (int)dashboard.Json["schemaVersion"]!);
            Assert.NotEqual("", GrafanaDashboard.Text(dashboard.Json, "description"));
            Assert.InRange(dashboard.Panels.Count, 12, 30);
        });
    }

    [Fact]
    public void Panels_SayWhatTheyShow() => Assert.All(Panels, panel =>
    {
        Assert.Matches(@"^[A-Z]\S*( \S+)*$", panel.Title);
        Assert.Matches(@"\.$", GrafanaDashboard.Text(panel.Json, "description"));
        var unit = GrafanaDashboard.Text(panel.Json["fieldConfig"]!["defaults"], "unit");
        Assert.True(Units.Contains(unit) || Regex.IsMatch(unit, @"^suffix: ?\S+$"), $"{panel}: unit '{unit}'");
    });

    [Fact]
    public void Panels_AskTheProvisionedDataSource()
    {
        var source = DeployYaml.Documents("deploy/compose/grafana-datasource.yaml").Single().Items("datasources").Single();
        Assert.All(Panels, panel =>
        {
            Assert.NotEmpty(panel.Targets);
            Assert.Equal(panel.Targets.Count, panel.Targets.Select(target => GrafanaDashboard.Text(target, "refId")).Distinct().Count());
            Assert.All(panel.Targets.Prepend(panel.Json), node => Assert.Equal(
                (source.Text("type"), source.Text("uid")), (GrafanaDashboard.Text(node["datasource"], "type"), GrafanaDashboard.Text(node["datasource"], "uid"))));
        });
    }

    [Fact]
    public void Panels_LieBesideEachOther() => Assert.All(Dashboards, dashboard =>
    {
        var all = dashboard.Json["panels"]!.AsArray();
        Assert.Equal(all.Count, all.Select(panel => (int)panel!["id"]!).Distinct().Count());
        var cells = new HashSet<(int X, int Y)>();
        foreach (var place in all.Select(panel => panel!["gridPos"]!))
        {
            var (x, y, width, height) = ((int)place["x"]!, (int)place["y"]!, (int)place["w"]!, (int)place["h"]!);
            Assert.InRange(x + width, 1, Columns);
            Assert.All(
                from column in Enumerable.Range(x, width) from line in Enumerable.Range(y, height) select (column, line),
                cell => Assert.True(cells.Add(cell), $"{dashboard.Path}: two panels at column {cell.column}, line {cell.line}"));
        }
    });

    [Fact]
    public void Queries_UseOnlyVariablesThatAreThere() => Assert.All(Dashboards, dashboard => Assert.All(
        dashboard.Panels.SelectMany(panel => panel.Queries).SelectMany(query => Regex.Matches(query, @"\$(\w+)")).Select(match => match.Groups[1].Value),
        name => Assert.Contains(name, dashboard.Variables.Keys.Append("__rate_interval"))));

    [Fact]
    public void Legends_NameLabelsThatTheQueryKeeps() => Assert.All(Panels, panel => Assert.All(panel.Targets, target =>
    {
        var kept = Regex.Matches(GrafanaDashboard.Text(target, "expr"), @"\bby \(([^)]*)\)").SelectMany(match => match.Groups[1].Value.Split(", ")).ToHashSet();
        Assert.All(
            Regex.Matches(GrafanaDashboard.Text(target, "legendFormat"), @"\{\{(\w+)\}\}"),
            match => Assert.True(kept.Contains(match.Groups[1].Value), $"{panel}: the legend has {match.Value}, the query keeps {string.Join(", ", kept)}"));
    }));

    [Fact]
    public void Jobs_AreThoseOfCompose()
    {
        var jobs = DeployYaml.Documents("deploy/compose/prometheus.yml").Single().Items("scrape_configs").Select(job => job.Text("job_name")).ToList();
        var named = Panels.SelectMany(panel => panel.Queries).Append(Repository.Read("deploy/prometheus/alerts.yml")).SelectMany(text => Regex.Matches(text, @"\bjob=""(\w+)""")).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.Contains(match.Groups[1].Value, jobs));
    }

    [Fact]
    public void Compose_MountsTheDashboardsWhereGrafanaLooks()
    {
        var folder = DeployYaml.Documents("deploy/compose/grafana-dashboards.yaml").Single().Items("providers").Single().Text("options/path");
        var grafana = DeployYaml.Documents("deploy/compose.yaml").Single().Find("services/grafana")!;
        Assert.Contains($"./grafana:{folder}:ro", grafana.Texts("volumes"));
        var home = grafana.Text("environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH");
        Assert.Equal(folder, Path.GetDirectoryName(home));
        Assert.Contains(Dashboards, dashboard => Path.GetFileName(dashboard.Path) == Path.GetFileName(home));
    }
}
