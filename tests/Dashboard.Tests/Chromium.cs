using Bitcurve.Dashboard.Tests;
using Bitcurve.Tests.Shared;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Bitcurve.Dashboard.Tests;

/// <summary>The machine's own Chromium, started once for all tests and driven by Playwright. Without one the tests are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // On two busy cores a page may take its time; nothing waits for as long unless it is broken.
    private const float PatienceMs = 20_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Why there is no browser; null where there is one.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (ChromiumProgram.Find() is not string program)
        {
            Missing = ChromiumProgram.Missing;
            return;
        }

        playwright = await Playwright.CreateAsync();
        playwright.Selectors.SetTestIdAttribute("data-test");
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ChromiumProgram.Arguments });
    }

    /// <summary>A page with cookies and storage of its own; skips the test where there is no browser.</summary>
    public async Task<IPage> NewPageAsync(string address, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(browser is null, Missing ?? "");
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
