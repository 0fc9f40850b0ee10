using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

/// <summary>Everything without a mouse: Tab reaches it, Enter uses it, and one sees where one is.</summary>
public sealed class KeyboardTests(Chromium chromium) : DashboardTest(chromium)
{
    // More stops than any page has on the way to what is looked for here.
    private const int MostStops = 80;

    [Fact]
    public async Task Searches_FilterSortAndOpen()
    {
        await CreateSearchAsync(name: "beech");
        string ash = await CreateSearchAsync(name: "ash");
        IPage page = await OpenAsync();
        ILocator rows = page.Locator("[data-test=searches] tbody tr");
        await Expect(rows).ToHaveCountAsync(2);

        await TabToAsync(page, "[data-test=filter]");
        await page.Keyboard.TypeAsync("ash");
        await Expect(rows).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Delete");
        await Expect(rows).ToHaveCountAsync(2);
        await TabToAsync(page, "[data-test=sort-name]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows.Nth(0)).ToHaveAttributeAsync("data-test", $"search-{ash}");
        await Expect(page.Locator("th:has([data-test=sort-name]), th[data-test=sort-name]")).ToHaveAttributeAsync("aria-sort", "ascending");
        await TabToAsync(page, $"[data-test='search-{ash}'] a");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("state")).ToContainTextAsync("running");
    }

    [Fact]
    public async Task Search_PauseAndLookAtATrial()
    {
        string id = await CreateSearchAsync();
        await WorkAsync(3);
        IPage page = await OpenAsync($"#/search/{id}");
        await Expect(page.Locator("[data-test=trials] tbody tr")).ToHaveCountAsync(2);

        await TabToAsync(page, "[data-test=pause]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("state")).ToContainTextAsync("paused");
        await TabToAsync(page, "[data-test=trials] tbody a");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("trial")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/trial/[0-9]+$"));
    }

    [Fact]
    public async Task Page_FirstTab_SkipsToTheContent()
    {
        await CreateSearchAsync();
        IPage page = await OpenAsync();
        await Expect(page.GetByTestId("searches")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToContainTextAsync("Skip to content");
        await page.Keyboard.PressAsync("Enter");

        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('main, main *')"));
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (int stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                Assert.True(await page.EvaluateAsync<bool>(IsFocusVisible), $"{selector}: focus cannot be seen");
                return;
            }
        }

        Assert.Fail($"{selector}: expected within {MostStops} tab stops, actual never reached");
    }

    private const string IsFocusVisible = """
        () => {
          const style = getComputedStyle(document.activeElement);
          return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
        }
        """;
}
