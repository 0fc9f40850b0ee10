using System.Text.Json.Nodes;

namespace Bitcurve.Api.Tests;

public sealed class SteeringTests : IAsyncLifetime
{
    private SearchApi api = null!;
    private ScriptedWorker worker = null!;
    private string search = "";

    public async ValueTask InitializeAsync()
    {
        api = await SearchApi.StartAsync();
        worker = new ScriptedWorker(api);
        search = $"/api/v1/searches/{await worker.CreateSearchAsync()}";
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Pause_ThenResume_HoldsJobsBack()
    {
        Assert.Equal("paused", (string)(await api.PostAsync($"{search}/pause"))["state"]!);
        Assert.Null(await worker.LeaseAsync());

        Assert.Equal("running", (string)(await api.PostAsync($"{search}/resume"))["state"]!);
        Assert.NotNull(await worker.LeaseAsync());
    }

    [Fact]
    public async Task Cancel_RunningSearch_EndsIt() =>
        Assert.Equal("cancelled", (string)(await api.PostAsync($"{search}/cancel"))["state"]!);

    [Fact]
    public async Task TopUp_TotalOrMore_RaisesTheBudget()
    {
        Assert.Equal(5, (double)(await api.PostAsync($"{search}/top-up", new { budget = "5jobs" }))["budget"]!["amount"]!);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.PostAsync($"{search}/top-up", new { by = "2jobs" })));

        Assert.Equal(25, (double)(await api.GetAsync(search))["budget"]!["amount"]!);
    }

    [Theory]
    [InlineData("""{}""", "budget")]
    [InlineData("""{"budget":"2jobs"}""", "budget")]
    [InlineData("""{"by":"2epochs"}""", "by")]
    [InlineData("""{"by":"2jobs","budget":"9jobs"}""", "by")]
    [InlineData("""{"by":"much"}""", "budget")]
    public async Task TopUp_NotMore_IsUnsuitable(string body, string field) =>
        Assert.Equal(field, (string)(await api.PostAsync($"{search}/top-up", JsonText.Of(body), 422))["field"]!);

    [Fact]
    public async Task Extend_NotEnded_IsAConflict() =>
        Assert.Contains("expected a search that has ended", (string)(await api.PostAsync($"{search}/extend", new { by = "2jobs" }, 409))["detail"]!);

    [Fact]
    public async Task Extend_EndedSearch_GoesOn()
    {
        await worker.WorkUntilIdleAsync();
        Assert.Equal("completed", (string)(await api.GetAsync(search))["state"]!);

        JsonNode extended = await api.PostAsync($"{search}/extend", JsonText.Of("""{"by":"2jobs","verification":{"groups":["chosen"]}}"""));

        Assert.Equal(("running", 5.0), ((string)extended["state"]!, (double)extended["budget"]!["amount"]!));
        Assert.Equal("""["chosen"]""", extended["definition"]!["verification"]!["groups"]!.ToJsonString());
        Assert.NotNull(await worker.LeaseAsync());
    }
}
