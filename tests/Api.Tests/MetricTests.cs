using System.Text.Json.Nodes;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Api.Tests;

/// <summary>A search of a metric to be minimised, over HTTP.</summary>
public sealed class MetricTests : IAsyncLifetime
{
    private static readonly WorkloadDescription Workload = ScriptedWorker.Workload with
    {
        Name = "ndf/solids",
        Metric = "Chamfer distance",
        Goal = MetricGoal.Minimize,
        MetricIsFraction = false,
        Layers = [.. ScriptedWorker.Workload.Layers.Select((layer, index) => index == 2 ? layer with { SharesWith = "conv2" } : layer)],
    };

    private static readonly object Request = new { workload = Workload.Name, budget = "4jobs", selection = new { strategy = "random" }, choosing = new { rankBy = "accuracy" } };

    private SearchApi api = null!;
    private ScriptedWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        api = await SearchApi.StartAsync();
        worker = new ScriptedWorker(api) { Offered = Workload, Measure = (_, accuracy) => 0.02 * (2 - accuracy) };
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Search_OfALoss_TakesTheLowestAndSaysWhatItIs()
    {
        string id = await worker.CreateSearchAsync(Request);
        await worker.WorkUntilIdleAsync();

        JsonNode search = await api.GetAsync($"/api/v1/searches/{id}");
        JsonNode picture = await api.GetAsync($"/api/v1/searches/{id}/picture");
        string html = await (await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/report.html")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        double[] targets = [.. picture["trials"]!["accuracy"]!.AsArray().Select(row => (double)row![3]!)];
        Assert.Equal(targets.Min(), (double)search["bestAccuracy"]!);
        Assert.Equal(("Chamfer distance", "minimize", false), ((string)search["metric"]!, (string)search["metricGoal"]!, (bool)search["metricIsFraction"]!));
        Assert.Equal(("Chamfer distance", "minimize", false), ((string)picture["metric"]!, (string)picture["metricGoal"]!, (bool)picture["metricIsFraction"]!));
        Assert.Contains("lower is better", html);
        Assert.Equal("conv2", (string)picture["layers"]![2]!["sharesWith"]!);
        Assert.Equal(3, ((string)search["bestBits"]!).Length);
    }

    [Fact]
    public async Task Search_OfAnAccuracy_SaysNothingMore()
    {
        var usual = new ScriptedWorker(api);
        string id = await usual.CreateSearchAsync();
        await usual.WorkUntilIdleAsync();

        JsonNode search = await api.GetAsync($"/api/v1/searches/{id}");
        Assert.Null(search["metric"]);
        Assert.Null(search["metricGoal"]);
        Assert.Null(search["metricIsFraction"]);
        Assert.DoesNotContain("goal", search["definition"]!["workload"]!.ToJsonString());
    }
}
