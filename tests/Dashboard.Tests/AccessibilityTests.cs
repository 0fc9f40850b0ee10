using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;

namespace Bitcurve.Dashboard.Tests;

/// <summary>
/// The rules of axe-core on every page: names of controls, order of headings, landmarks, contrast of 4.5, tables, and what else WCAG 2.2 AA
/// and common practice ask for as far as a program can tell.
/// </summary>
public sealed class AccessibilityTests(Chromium chromium) : DashboardTest(chromium)
{
    private const string Run = """
        async () => {
          const found = await axe.run(document, { resultTypes: ['violations'],
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
          return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.target} ${node.failureSummary}`));
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Pages_BreakNoRule(ColorScheme scheme, int width)
    {
        string rules = Axe();
        Assert.SkipUnless(File.Exists(rules), "axe-core is not installed: npm ci in tests/Dashboard.Tests");
        string search = await CreateSearchAsync("12jobs", strategy: "information-gain");
        await WorkAsync(8);
        string axe = await File.ReadAllTextAsync(rules);
        IPage page = await OpenAsync("", width, scheme);
        foreach (View view in View.Of(search))
        {
            await page.GotoAsync($"/{view.Route}");
            await view.ExpectAsync(page);
            await page.EvaluateAsync(axe);

            string[] violations = (await page.EvaluateAsync<JsonElement>(Run)).Deserialize<string[]>()!;

            Assert.True(violations.Length == 0, $"{view.Name}: {string.Join('\n', violations)}");
        }
    }

    [Fact]
    public async Task Pages_TablesHaveCaptionsAndHeaders()
    {
        string search = await CreateSearchAsync("12jobs");
        await WorkAsync(8);
        IPage page = await OpenAsync();
        foreach (View view in View.Of(search))
        {
            await page.GotoAsync($"/{view.Route}");
            await view.ExpectAsync(page);

            string[] unnamed = await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('table')].filter(t => !t.caption?.textContent.trim() || !t.querySelector('th[scope]')).map(t => t.outerHTML.slice(0, 200))");

            Assert.True(unnamed.Length == 0, $"{view.Name}: table without caption or headers: {string.Join('\n', unnamed)}");
        }
    }

    private static string Axe([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "node_modules", "axe-core", "axe.min.js");
}
