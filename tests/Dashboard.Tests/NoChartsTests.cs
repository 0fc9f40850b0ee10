using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

/// <summary>A server that was built without npm has no charts; a page must do without them.</summary>
public sealed class NoChartsTests(Chromium chromium) : DashboardTest(chromium)
{
    [Fact]
    public async Task Search_ServerWithoutCharts_ShowsTablesAndSaysWhy()
    {
        string id = await CreateSearchAsync();
        await WorkAsync(4);
        IPage page = await OpenAsync(refusals: 404);
        await page.RouteAsync("**/assets/charts.js", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 404,
            ContentType = "application/problem+json",
            Body = """{"title":"Not found","status":404,"detail":"Charts: expected a server built with npm, actual one built without npm."}""",
        }));
        await page.GotoAsync($"/#/search/{id}");
        await page.ReloadAsync();

        await Expect(page.GetByTestId("no-charts")).ToContainTextAsync("built without npm");
        await Expect(page.Locator("[data-test=trials] tbody tr")).ToHaveCountAsync(3);
        await page.Locator("[data-test=trials] tbody tr").First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("trial")).ToBeVisibleAsync();
    }
}
