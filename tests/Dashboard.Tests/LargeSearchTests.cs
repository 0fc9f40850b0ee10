using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Bitcurve.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

/// <summary>A search of ten thousand networks: the page stays small. How fast it is, <c>bench/Search.Bench page</c> measures.</summary>
public sealed class LargeSearchTests(Chromium chromium) : DashboardTest(chromium)
{
    private const int Trials = 10_000;
    private const int MostRows = 100;

    private readonly LargeSearch large = LargeSearch.Make(Trials);
    internal override async Task<LocalSearchService?> OpenServiceAsync()
    {
        var store = new MemorySearchStore();
        await large.StoreAsync(store);
        return await LocalSearchService.OpenAsync(
            store, new MemoryDocumentStore(), StrategyCatalogue.Create, new ServiceSettings(), TimeProvider.System, CancellationToken.None);
    }

    [Fact]
    public async Task Search_TenThousandTrials_IsPagedSortedAndDrawn()
    {
        IPage page = await OpenAsync("#/fleet");
        var requests = new ConcurrentQueue<string>();
        page.Request += (_, request) => requests.Enqueue(new Uri(request.Url).PathAndQuery);
        await page.GotoAsync($"/#/search/{large.State.Definition.Id}");
        ILocator rows = page.Locator("[data-test=trials] tbody tr");
        await Expect(rows).ToHaveCountAsync(MostRows);
        await Expect(page.GetByTestId("chart-front").Locator("canvas, svg").First).ToBeVisibleAsync();

        await page.Locator("[data-test=trials] [data-test=sort-id]").ClickAsync();
        await ExpectFirstAsync(rows, Trials);
        await page.GetByTestId("trials-next").ClickAsync();
        await ExpectFirstAsync(rows, Trials - MostRows);
        await rows.First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByTestId("trial")).ToHaveAttributeAsync("data-trial", $"{Trials - MostRows}");

        // Whole: what changed since is another address.
        Assert.Equal(1, requests.Count(path => path.EndsWith("/picture", StringComparison.Ordinal)));
        Assert.True(await page.EvaluateAsync<int>("document.querySelectorAll('*').length") < 10_000, "the page grew with the search");
    }

    private static Task ExpectFirstAsync(ILocator rows, int trial) =>
        Expect(rows.First.GetByRole(AriaRole.Link).First).ToHaveAttributeAsync("href", new Regex($"/trial/{trial}$"));
}
