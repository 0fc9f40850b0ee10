using System.Globalization;
using Bitcurve.Search.Bench.Load;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Bitcurve.Tests.Shared;
using Microsoft.Playwright;

namespace Bitcurve.Search.Bench.Page;

/// <summary>The dashboard's page of one large search, in a real browser on the server's own machine: what does a person wait for?</summary>
internal static class PageCommand
{
    internal static readonly IReadOnlyList<string> Options = ["--trials", "--loads", "--width"];

    private const int WindowHeight = 900;

    internal static async Task<int> RunAsync(CommandArguments arguments)
    {
        var (trials, loads, width) = (arguments.Integer("--trials", 10_000), arguments.Integer("--loads", 20), arguments.Integer("--width", 1280));
        var program = ChromiumProgram.Find() ?? throw new ArgumentException(ChromiumProgram.Missing);
        var large = LargeSearch.Make(trials);
        await using var server = await ServerProcess.StartAsync("sqlite", fill: folder => FillAsync(folder, large));
        using var playwright = await Playwright.CreateAsync();
        playwright.Selectors.SetTestIdAttribute("data-test");
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ChromiumProgram.Arguments });
        var visits = new SearchVisits(browser, new Uri(server.Address, $"/#/search/{large.State.Definition.Id}"), new ViewportSize { Width = width, Height = WindowHeight }, Math.Min(trials, 100));

        Print($"{trials} trials, window {width} x {WindowHeight}, {browser.BrowserType.Name} {browser.Version}, server {server.ResidentBytes / 1e6:0} MB");
        var first = await visits.LoadAsync();
        Print($"first load after the server's start {first.Milliseconds:0} ms");
        var cold = await ManyAsync(loads, visits.LoadAsync);
        Print("load, empty cache", cold.Select(load => load.Milliseconds));
        Print("load again (reload)", await visits.ReloadAsync(loads));
        Print($"  bytes over the wire                {cold[0].WireBytes / 1e3:0} kB compressed, {cold[0].PlainBytes / 1e3:0} kB plain");
        foreach (var part in cold[loads / 2].Parts)
        {
            Print($"    {part}");
        }

        Print($"  heap of the page                   {cold[0].HeapBytes / 1e6:0.0} MB");
        foreach (var (name, times) in await visits.UseAsync(loads))
        {
            Print(name, times);
        }

        Print($"server afterwards {server.ResidentBytes / 1e6:0} MB, {server.ProcessorSeconds:0.0} s of processor time");
        return 0;
    }

    private static async Task FillAsync(string folder, LargeSearch search)
    {
        using var opened = ServerFolder.Open(folder, maximumArtifactBytes: 1);
        using var store = new SqliteSearchStore(opened.DatabasePath);
        await search.StoreAsync(store);
    }

    private static async Task<T[]> ManyAsync<T>(int times, Func<Task<T>> once)
    {
        var results = new T[times];
        for (var k = 0; k < times; k++)
        {
            results[k] = await once();
        }

        return results;
    }

    private static void Print(string name, IEnumerable<double> milliseconds)
    {
        var (median, p95) = Quantiles.Of([.. milliseconds]);
        Print($"  {name,-34} {median:0} ms median, {p95:0} ms p95");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
