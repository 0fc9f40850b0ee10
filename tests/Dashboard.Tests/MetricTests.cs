using System.Text.RegularExpressions;
using Bitcurve.Api.Tests;
using Bitcurve.Workers.Contracts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

/// <summary>Searches of something else than accuracies: lower may be better, and a figure says what it is.</summary>
public sealed partial class MetricTests(Chromium chromium) : DashboardTest(chromium)
{
    private static readonly WorkloadDescription Distances = ScriptedWorker.Workload with
    {
        Name = "ndf/solids",
        Metric = "Chamfer distance",
        Goal = MetricGoal.Minimize,
        MetricIsFraction = false,
    };

    [Fact]
    public async Task Search_OfALoss_SaysEverywhereWhatItIsAndThatLowerIsBetter()
    {
        string id = await SearchAsync(Distances, 0.02);

        IPage page = await OpenAsync($"#/search/{id}");
        var best = page.GetByRole(AriaRole.Region, new() { NameRegex = BestCard() });
        await Expect(best.Locator("b").First).ToHaveTextAsync(SmallNumber());
        await Expect(best).ToContainTextAsync("Chamfer distance (lower is better)");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Chamfer distance against memory" })).ToBeVisibleAsync();

        await page.GotoAsync("/#/");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync(NamedDistance());
    }

    [Fact]
    public async Task Search_OfAnotherFraction_NamesIt()
    {
        string id = await SearchAsync(ScriptedWorker.Workload with { Name = "rec6/views", Metric = "IoU" }, 0.5);

        IPage page = await OpenAsync($"#/search/{id}");
        var best = page.GetByRole(AriaRole.Region, new() { NameRegex = BestCard() });
        await Expect(best.Locator("b").First).ToHaveTextAsync(PerCent());
        await Expect(best).ToContainTextAsync("IoU");

        await page.GotoAsync("/#/");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync(NamedFraction());
    }

    private async Task<string> SearchAsync(WorkloadDescription workload, double size)
    {
        var worker = new ScriptedWorker(Api) { Offered = workload, Measure = (_, accuracy) => size * (2 - accuracy) };
        string id = await worker.CreateSearchAsync(new { workload = workload.Name, budget = "4jobs", selection = new { strategy = "random" } });
        await worker.WorkUntilIdleAsync();
        return id;
    }

    [GeneratedRegex("^(Best so far|Chosen network)$")]
    private static partial Regex BestCard();

    [GeneratedRegex(@"^0\.0\d+$")]
    private static partial Regex SmallNumber();

    [GeneratedRegex(@"Chamfer distance 0\.0\d+")]
    private static partial Regex NamedDistance();

    [GeneratedRegex(@"^\d+\.\d+\s%$")]
    private static partial Regex PerCent();

    [GeneratedRegex(@"IoU \d+\.\d+\s%")]
    private static partial Regex NamedFraction();
}
