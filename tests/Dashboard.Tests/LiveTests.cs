using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

public sealed class LiveTests(Chromium chromium) : DashboardTest(chromium)
{
    [Fact]
    public async Task Search_WhileItMoves_ShowsNewTrialsWithoutReload()
    {
        string id = await CreateSearchAsync("6jobs");
        await WorkAsync(1);
        IPage page = await OpenAsync($"#/search/{id}");
        await Expect(page.GetByTestId("live")).ToContainTextAsync("live");
        await Expect(Rows(page)).ToHaveCountAsync(0);
        await page.EvaluateAsync("window.neverReloaded = true");

        await WorkAsync(2);
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await WorkAsync(4);
        await Expect(Rows(page)).ToHaveCountAsync(6);
        await Worker.WorkUntilIdleAsync();

        await Expect(page.GetByTestId("state")).ToContainTextAsync("completed");
        Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded"));
    }

    [Fact]
    public async Task Searches_AnotherBegins_AppearsInTheList()
    {
        IPage page = await OpenAsync();
        await Expect(page.GetByText("No search yet")).ToBeVisibleAsync();

        string id = await CreateSearchAsync(name: "from elsewhere");

        await Expect(page.GetByTestId($"search-{id}")).ToContainTextAsync("from elsewhere");
    }

    [Fact]
    public async Task Searches_FilterAndSort_ActOnAllRows()
    {
        string beech = await CreateSearchAsync(name: "beech"), ash = await CreateSearchAsync(name: "ash"), cedar = await CreateSearchAsync(name: "cedar");
        IPage page = await OpenAsync();
        ILocator rows = page.Locator("[data-test=searches] tbody tr");
        await Expect(rows).ToHaveCountAsync(3);

        await page.GetByTestId("sort-name").ClickAsync();
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("data-test", $"search-{ash}");
        await page.GetByTestId("sort-name").ClickAsync();
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("data-test", $"search-{cedar}");
        await page.GetByTestId("filter").FillAsync("bee");

        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToHaveAttributeAsync("data-test", $"search-{beech}");
    }

    private static ILocator Rows(IPage page) => page.Locator("[data-test=trials] tbody tr");
}
