using System.Runtime.CompilerServices;
using Microsoft.Playwright;

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
        IPage page = await OpenAsync("", width, scheme);
        foreach (View view in View.Of(search))
        {
            await page.GotoAsync($"/{view.Route}");
            await view.ExpectAsync(page);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = FileOf($"{view.Name}-{width}-{scheme}.png"), FullPage = true });

            int needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(needed <= width, $"{view.Name}: expected at most {width} pixels wide, actual {needed}");
        }
    }

    private static string FileOf(string name, [CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "..", "..", "artifacts", "test-results", "screenshots", name.ToLowerInvariant());
}
