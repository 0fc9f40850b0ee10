using System.Text.RegularExpressions;
using Bitcurve.Api.Tests;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Bitcurve.Workers.Contracts;
using Bitcurve.Workers.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

public sealed class FleetTests(Chromium chromium) : DashboardTest(chromium)
{
    private readonly ManualTime time = new();
    private readonly ServiceSettings settings = new();

    internal override async Task<LocalSearchService?> OpenServiceAsync() => await LocalSearchService.OpenAsync(
        new MemorySearchStore(), new MemoryDocumentStore(), StrategyCatalogue.Create, settings, time, CancellationToken.None);

    [Fact]
    public async Task Workers_WorkingIdleAndLost_AreToldApart()
    {
        var (lost, idle) = (new ScriptedWorker(Api, "attic/cpu"), new ScriptedWorker(Api, "rack 1/gpu:0"));
        string id = await CreateSearchAsync();
        await lost.JoinAsync();
        await WorkAsync(3);
        time.Advance(settings.LeaseDuration + TimeSpan.FromSeconds(1));
        await idle.JoinAsync();
        LeasedJob job = (await Worker.LeaseAsync())!;
        await Api.PostAsync($"/api/v1/leases/{job.LeaseId}/heartbeat", ScriptedWorker.Json(new JobProgress(0, null, [], 0)));
        IPage page = await OpenAsync("#/fleet");
        await Expect(page.Locator("[data-test=workers] tbody tr")).ToHaveCountAsync(3);

        await Expect(Row(page, "attic/cpu")).ToContainTextAsync("lost");
        await Expect(Row(page, "rack 1/gpu:0")).ToContainTextAsync("online");
        await Expect(Row(page, "machine/cpu").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new Regex($"^#/search/{id}"));

        await lost.JoinAsync();
        await Expect(Row(page, "attic/cpu")).ToContainTextAsync("online");
    }

    private static ILocator Row(IPage page, string worker) => page.GetByTestId($"worker-{worker}");
}
