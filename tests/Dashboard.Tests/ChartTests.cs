using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

public sealed class ChartTests(Chromium chromium) : DashboardTest(chromium)
{
    private static readonly string[] Charts = ["front", "decisions", "regret", "curves", "slices", "correlation"];

    [Fact]
    public async Task Front_PointUnderTheMouse_TellsItsBitsAndOpensItsTrial()
    {
        string id = await CreateSearchAsync("12jobs");
        await WorkAsync(9);
        IPage page = await OpenAsync($"#/search/{id}");
        ILocator chart = page.GetByTestId("chart-front");
        await chart.ScrollIntoViewIfNeededAsync();
        await Expect(chart.Locator("svg").First).ToBeVisibleAsync();

        (int trial, string text) = await ChartPoints.HoverTrialAsync(page, chart);
        JsonNode known = (await Api.GetAsync($"/api/v1/searches/{id}/trials?after={trial - 1}&limit=1"))["items"]![0]!;
        Assert.Equal($"Trial {trial}: {(string)known["bits"]!}", text);
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"#/search/{id}/trial/{trial}$"));
        await Expect(page.GetByTestId("trial")).ToHaveAttributeAsync("data-trial", $"{trial}");
    }

    [Fact]
    public async Task Charts_SearchWithAModel_AreAllDrawn()
    {
        string id = await CreateSearchAsync("14jobs", strategy: "information-gain");
        await WorkAsync(10);
        await ModelAsync(id);
        IPage page = await OpenAsync($"#/search/{id}");

        foreach (string name in Charts)
        {
            ILocator chart = page.GetByTestId($"chart-{name}");
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart.Locator("svg, canvas").First).ToBeVisibleAsync();
            await Expect(chart.Locator("[role=img], svg[aria-label], [aria-label]").First).ToHaveAttributeAsync("aria-label", new Regex(@"\w{3}"));
        }
    }

    [Theory]
    [InlineData("download-svg", @"\.svg$", "<svg")]
    [InlineData("download-png", @"\.png$", "\u0089PNG")]
    [InlineData("download-csv", @"\.csv$", "trial")]
    [InlineData("download-json", @"\.json$", "{")]
    public async Task Downloads_AreFilesOfTheirKind(string button, string name, string begin)
    {
        string id = await CreateSearchAsync("12jobs");
        await WorkAsync(6);
        IPage page = await OpenAsync($"#/search/{id}");
        await Expect(page.GetByTestId("chart-front").Locator("svg").First).ToBeVisibleAsync();

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId(button).First.ClickAsync());

        Assert.Matches(name, download.SuggestedFilename);
        string text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.StartsWith(begin, text);
    }
}
