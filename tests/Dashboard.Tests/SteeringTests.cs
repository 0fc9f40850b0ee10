using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

public sealed class SteeringTests(Chromium chromium) : DashboardTest(chromium)
{
    [Fact]
    public async Task PauseAndResume_AreCarriedOutAndShown()
    {
        string id = await CreateSearchAsync();
        await WorkAsync(3);
        IPage page = await OpenAsync($"#/search/{id}");

        await page.GetByTestId("pause").ClickAsync();
        await Expect(page.GetByTestId("state")).ToContainTextAsync("paused");
        Assert.Equal("paused", await StateAsync(id));
        Assert.Null(await Worker.LeaseAsync());

        await page.GetByTestId("resume").ClickAsync();
        await Expect(page.GetByTestId("state")).ToContainTextAsync("running");
        Assert.Equal("running", await StateAsync(id));
        await WorkAsync(1);
    }

    [Fact]
    public async Task TopUp_RaisesTheBudget()
    {
        string id = await CreateSearchAsync("4jobs");
        IPage page = await OpenAsync($"#/search/{id}");

        await page.GetByTestId("top-up-by").FillAsync("5jobs");
        await page.GetByTestId("top-up").ClickAsync();

        await Expect(page.GetByTestId("budget")).ToContainTextAsync("9");
        Assert.Equal(9, (double)(await SearchAsync(id))["budget"]!["amount"]!);
    }

    [Fact]
    public async Task TopUp_AnotherUnit_ShowsTheServersAnswer()
    {
        string id = await CreateSearchAsync("4jobs");
        IPage page = await OpenAsync($"#/search/{id}", refusals: 422);

        await page.GetByTestId("top-up-by").FillAsync("5epochs");
        await page.GetByTestId("top-up").ClickAsync();

        await Expect(page.GetByTestId("problem")).ToContainTextAsync("5epochs");
        Assert.Equal(4, (double)(await SearchAsync(id))["budget"]!["amount"]!);
    }

    [Fact]
    public async Task Extend_EndedSearch_GoesOn()
    {
        string id = await CreateSearchAsync("3jobs");
        await Worker.WorkUntilIdleAsync();
        IPage page = await OpenAsync($"#/search/{id}");
        await Expect(page.GetByTestId("state")).ToContainTextAsync("completed");

        await page.GetByTestId("extend-by").FillAsync("2jobs");
        await page.GetByTestId("extend").ClickAsync();

        await Expect(page.GetByTestId("state")).ToContainTextAsync("running");
        Assert.Equal("running", await StateAsync(id));
    }

    [Fact]
    public async Task Cancel_AsksFirst()
    {
        string id = await CreateSearchAsync();
        IPage page = await OpenAsync($"#/search/{id}");
        ILocator dialog = page.GetByRole(AriaRole.Dialog);

        await page.GetByTestId("cancel").ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Equal("running", await StateAsync(id));

        await page.GetByTestId("cancel").ClickAsync();
        await page.GetByTestId("cancel-confirm").ClickAsync();
        await Expect(page.GetByTestId("state")).ToContainTextAsync("cancelled");
        Assert.Equal("cancelled", await StateAsync(id));
    }
}
