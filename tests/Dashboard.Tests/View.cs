using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

/// <summary>A page by the name of its screenshot: its route, and what it shows once it is there.</summary>
internal sealed record View(string Name, string Route, string Shows)
{
    internal static IReadOnlyList<View> Of(string search) =>
    [
        new("searches", "", $"search-{search}"),
        new("search", $"#/search/{search}", "trials"),
        new("trial", $"#/search/{search}/trial/1", "trial"),
        new("decision", $"#/search/{search}/decision/1", "decision"),
        new("new", "#/new", "create-submit"),
        new("fleet", "#/fleet", "workers"),
    ];

    internal Task ExpectAsync(IPage page) => Expect(page.GetByTestId(Shows)).ToBeVisibleAsync();
}
