using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

/// <summary>Every page at two widths, light and dark: pictures for people to look at, in artifacts/test-results/screenshots.</summary>
public sealed class ScreenshotTests(Chromium chromium) : DashboardTest(chromium)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Pages_FitTheirWindow(int width, ColorScheme scheme)
    {
        string search = await CreateSearchAsync("30jobs", "a search in the middle", "information-gain");
        await WorkAsync(20);
        await ModelAsync(search);
        IPage page = await OpenAsync("", width, scheme);
        foreach (View view in View.Of(search))
        {
            await page.GotoAsync($"/{view.Route}");
            await view.ExpectAsync(page);
            await DrawAllAsync(page);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = FileOf($"{view.Name}-{width}-{scheme}.png"), FullPage = true });

            int needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(needed <= width, $"{view.Name}: expected at most {width} pixels wide, actual {needed}");
        }
    }

    // A chart is drawn when it comes into view.
    private static async Task DrawAllAsync(IPage page)
    {
        foreach (ILocator chart in await page.Locator("[data-test^=chart-]").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart).ToHaveAttributeAsync("data-drawn", new Regex(".*"));
        }
    }

    private static string FileOf(string name, [CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "..", "..", "artifacts", "test-results", "screenshots", name.ToLowerInvariant());
}
