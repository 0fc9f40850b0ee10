using System.Text.Json;
using Microsoft.Playwright;

namespace Bitcurve.Search.Bench.Page;

/// <summary>Visits to the page of one search.</summary>
internal sealed class SearchVisits(IBrowser browser, Uri address, ViewportSize window, int rows)
{
    private sealed record Request(string Name, double Begin, double End, long Wire, long Plain);

    // Tried until enough of them had a point there.
    private const int HoverPlaces = 400;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>With nothing kept from earlier visits.</summary>
    internal async Task<PageLoad> LoadAsync()
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = window });
        var page = await OpenAsync(context);
        var milliseconds = await page.EvaluateAsync<double>("loaded");
        var requests = (await page.EvaluateAsync<JsonElement>(PageScripts.Requests)).Deserialize<Request[]>(Json)!;
        return new PageLoad(
            milliseconds,
            requests.Sum(request => request.Wire),
            requests.Sum(request => request.Plain),
            await HeapAsync(page),
            [.. requests.OrderBy(request => request.Begin).Select(request =>
                FormattableString.Invariant($"{request.Begin,6:0} to {request.End,5:0} ms {request.Wire / 1e3,7:0.0} kB of {request.Plain / 1e3,7:0.0} kB {request.Name}"))]);
    }

    /// <summary>Milliseconds until the page was there again.</summary>
    internal async Task<double[]> ReloadAsync(int times)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = window });
        var page = await OpenAsync(context);
        await page.EvaluateAsync<double>("loaded");
        var loads = new double[times];
        for (var k = 0; k < times; k++)
        {
            await page.ReloadAsync();
            loads[k] = await page.EvaluateAsync<double>("loaded");
        }

        return loads;
    }

    /// <summary>What a person does with the page, each so many times, milliseconds until it shows.</summary>
    internal async Task<IReadOnlyList<(string Name, double[] Milliseconds)>> UseAsync(int times)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = window });
        var page = await OpenAsync(context);
        await page.EvaluateAsync<double>("loaded");
        return
        [
            ("sort all trials", await ClickAsync(page, times, "[data-test=trials] [data-test=sort-memory]", "[data-test=trials] tbody")),
            ("turn a page of the table", await ClickAsync(page, times, "[data-test=trials-next]", "[data-test=trials] tbody")),
            ("open a trial from the table", await OpenTrialsAsync(page, times)),
            ("tooltip of a point", await HoverAsync(page, times)),
        ];
    }

    private static async Task<double[]> ClickAsync(IPage page, int times, string click, string changes)
    {
        var milliseconds = new double[times];
        for (var k = 0; k < times; k++)
        {
            milliseconds[k] = await page.EvaluateAsync<double>(PageScripts.ClickUntilChanged, new[] { click, changes });
        }

        return milliseconds;
    }

    /// <summary>One after the other, each from its row.</summary>
    private static async Task<double[]> OpenTrialsAsync(IPage page, int times)
    {
        var milliseconds = new double[times];
        for (var k = 0; k < times; k++)
        {
            milliseconds[k] = await page.EvaluateAsync<double>(
                PageScripts.ClickUntilChanged, new[] { $"[data-test=trials] tbody tr:nth-child({k + 2}) a", "[data-test=trial]" });
        }

        return milliseconds;
    }

    /// <summary>The mouse goes over the picture of the front along a grid; where it meets a point, its tooltip is waited for.</summary>
    private static async Task<double[]> HoverAsync(IPage page, int times)
    {
        var chart = page.GetByTestId("chart-front");
        await chart.ScrollIntoViewIfNeededAsync();
        var box = (await chart.BoundingBoxAsync())!;
        await page.EvaluateAsync(PageScripts.WatchTooltips, "[data-test=chart-front]");
        var seen = Array.Empty<double>();
        for (var place = 0; seen.Length < times && place < HoverPlaces; place++)
        {
            await page.Mouse.MoveAsync(
                box.X + (box.Width * (0.2f + (0.6f * (place * 0.618f % 1)))), box.Y + (box.Height * (0.2f + (0.6f * (place * 0.414f % 1)))));
            seen = await page.EvaluateAsync<double[]>(PageScripts.SeenTooltips);
        }

        return seen;
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Console.Error.WriteLine($"page: {error}");
        await page.AddInitScriptAsync(PageScripts.Before(rows));
        await page.GotoAsync(address.ToString());
        return page;
    }

    private static async Task<double> HeapAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var answer = await session.SendAsync("Runtime.getHeapUsage");
        return answer!.Value.GetProperty("usedSize").GetDouble();
    }
}
