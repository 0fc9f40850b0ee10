using System.Net;
using Bitcurve.Search.Api.Security;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

public sealed class RoleTests(Chromium chromium) : DashboardTest(chromium)
{
    private const int Unauthorized = (int)HttpStatusCode.Unauthorized;
    private static readonly string[] AdminsButtons = ["pause", "resume", "cancel", "top-up", "top-up-by"];

    internal override bool WithTokens => true;

    [Fact]
    public async Task Token_WrongThenRight_LetsIn()
    {
        string id = await CreateSearchAsync();
        IPage page = await OpenAsync("", refusals: Unauthorized);

        await SignInAsync(page, Token.New());
        await Expect(page.GetByTestId("problem")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("searches")).ToBeHiddenAsync();
        await SignInAsync(page, Api.TokenOf(Role.Admin));

        await Expect(page.GetByTestId($"search-{id}")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("role")).ToContainTextAsync("admin");
        Assert.DoesNotContain("bc_", page.Url);
        Assert.DoesNotContain("bc_", await page.ContentAsync());
    }

    [Fact]
    public async Task Admin_SeesTheButtons()
    {
        string id = await CreateSearchAsync();
        IPage page = await OpenAsync($"#/search/{id}", refusals: Unauthorized);
        await SignInAsync(page, Api.TokenOf(Role.Admin));

        await Expect(page.GetByTestId("pause")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("cancel")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("top-up")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Viewer_SeesEverythingButSteersNothing()
    {
        string id = await CreateSearchAsync();
        await WorkAsync(3);
        IPage page = await OpenAsync($"#/search/{id}", refusals: [Unauthorized, (int)HttpStatusCode.Forbidden]);
        await SignInAsync(page, Api.TokenOf(Role.Viewer));
        await Expect(page.Locator("[data-test=trials] tbody tr")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("role")).ToContainTextAsync("viewer");

        foreach (string button in AdminsButtons)
        {
            await Expect(page.GetByTestId(button)).ToBeHiddenAsync();
        }

        await Expect(page.GetByTestId("new-search")).ToBeHiddenAsync();

        // The server does not depend on what a page hides.
        string request = $$"""
            fetch('/api/v1/searches/{{id}}/pause', { method: 'POST', headers: { Authorization: 'Bearer {{Api.TokenOf(Role.Viewer)}}' } }).then(answer => answer.status)
            """;
        Assert.Equal(403, await page.EvaluateAsync<int>(request));
        Assert.Equal("running", await StateAsync(id));
    }

    [Fact]
    public async Task Viewer_FormByItsAddress_IsRefusedByTheServer()
    {
        await Worker.JoinAsync();
        IPage page = await OpenAsync("#/new", refusals: [Unauthorized, (int)HttpStatusCode.Forbidden]);
        await SignInAsync(page, Api.TokenOf(Role.Viewer));

        await Expect(page.GetByTestId("role")).ToContainTextAsync("viewer");
        await Expect(page.GetByTestId("create-submit")).ToBeHiddenAsync();
    }

    private static async Task SignInAsync(IPage page, string token)
    {
        await page.GetByTestId("token").FillAsync(token);
        await page.GetByTestId("token-submit").ClickAsync();
    }
}
