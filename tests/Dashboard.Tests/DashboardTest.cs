using System.Text.Json.Nodes;
using Bitcurve.Api.Tests;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting.Local;
using Microsoft.Playwright;

namespace Bitcurve.Dashboard.Tests;

/// <summary>A server, a worker without training, and a browser at the server's page. Whatever a page complains of fails the test.</summary>
public abstract class DashboardTest(Chromium chromium) : IAsyncLifetime
{
    private readonly List<ConsoleWatch> watches = [];
    private readonly List<IBrowserContext> windows = [];

    private LocalSearchService? service;

    internal SearchApi Api { get; private set; } = null!;

    internal ScriptedWorker Worker { get; private set; } = null!;

    /// <summary>Whether the server asks for tokens; the worker and the test then show an admin's.</summary>
    internal virtual bool WithTokens => false;

    /// <summary>Null for searches in memory, as in the tests of the HTTP interface.</summary>
    internal virtual Task<LocalSearchService?> OpenServiceAsync() => Task.FromResult<LocalSearchService?>(null);

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Missing is not null, chromium.Missing ?? "");
        service = await OpenServiceAsync();
        Api = await SearchApi.StartAsync(WithTokens, service: service);
        if (WithTokens)
        {
            Api.Http.DefaultRequestHeaders.Authorization = new("Bearer", Api.TokenOf(Role.Admin));
        }

        Worker = new ScriptedWorker(Api);
    }

    public virtual async ValueTask DisposeAsync()
    {
        // Pages first: they would complain of a server that is gone.
        foreach (IBrowserContext window in windows)
        {
            await window.DisposeAsync();
        }

        if (Api is not null)
        {
            await Api.DisposeAsync();
        }

        if (service is not null)
        {
            await service.DisposeAsync();
        }

        Assert.All(watches, watch => watch.RequireSilence());
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the page at a route such as <c>#/fleet</c> in a browser window of its own.</summary>
    /// <param name="route">What follows the <c>#</c>, with it.</param>
    /// <param name="width">Of the window, pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="refusals">Statuses that the test provokes.</param>
    internal async Task<IPage> OpenAsync(string route = "", int width = 1280, ColorScheme scheme = ColorScheme.Light, params int[] refusals)
    {
        IPage page = await chromium.NewPageAsync(Api.Address, width, scheme: scheme);
        windows.Add(page.Context);
        var watch = new ConsoleWatch(page);
        watches.Add(watch);
        Array.ForEach(refusals, watch.Expect);
        await page.GotoAsync($"/{route}");
        return page;
    }

    /// <summary>A search over the worker's workload whose trials come one by one: no model, four tasks.</summary>
    internal Task<string> CreateSearchAsync(string budget = "40jobs", string? name = null, string strategy = "random") =>
        Worker.CreateSearchAsync(new { workload = ScriptedWorker.Workload.Name, name, budget, tasks = "0,1,3", selection = new { strategy } });

    /// <summary>Lets the worker do so many jobs.</summary>
    internal async Task WorkAsync(int jobs)
    {
        for (int k = 0; k < jobs; k++)
        {
            await Worker.ReportAsync((await Worker.LeaseAsync())!);
        }
    }

    /// <summary>Returns when the model of what is measured has been made, in the background; a page sees it at its first look then.</summary>
    internal async Task ModelAsync(string id)
    {
        int measurements = 0;
        while (measurements == 0)
        {
            JsonNode model = await Api.GetAsync($"/api/v1/searches/{id}/model");
            measurements = model["unavailable"] is null ? (int)model["measurements"]! : 0;
        }
    }

    internal async Task<string> StateAsync(string id) => (string)(await Api.GetAsync($"/api/v1/searches/{id}"))["state"]!;

    internal async Task<JsonNode> SearchAsync(string id) => await Api.GetAsync($"/api/v1/searches/{id}");
}
