using System.Text.Json.Nodes;
using Bitcurve.Api.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bitcurve.Dashboard.Tests;

public sealed class CreateTests(Chromium chromium) : DashboardTest(chromium)
{
    [Fact]
    public async Task Form_FilledIn_BeginsTheSearchAndShowsIt()
    {
        await Worker.JoinAsync();
        IPage page = await OpenAsync();
        await page.GetByTestId("new-search").ClickAsync();
        await FillAsync(page, "tasks", "0,1,3");
        await FillAsync(page, "budget", "7jobs");
        await FillAsync(page, "name", "by hand <b>");
        await page.Locator("[data-test=create] [name=strategy]").SelectOptionAsync("random");

        await page.GetByTestId("create-submit").ClickAsync();

        await Expect(page.GetByTestId("state")).ToContainTextAsync("running");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("by hand <b>");
        JsonNode search = Assert.Single((await Api.GetAsync("/api/v1/searches"))["items"]!.AsArray())!;
        Assert.EndsWith($"#/search/{(string)search["id"]!}", page.Url);
        JsonNode definition = (await SearchAsync((string)search["id"]!))["definition"]!;
        Assert.Equal(
            ("7jobs", "[0,1,3]", "random", ScriptedWorker.Workload.Name),
            ($"{definition["budget"]!["amount"]}{definition["budget"]!["unit"]}", definition["tasks"]!.ToJsonString(), (string)definition["selection"]!["strategy"]!, (string)definition["workload"]!["name"]!));
    }

    [Theory]
    [InlineData("budget", "soon", "'soon'")]
    [InlineData("tasks", "3,1", "'3,1'")]
    [InlineData("space", "circle:2", "'circle'")]
    public async Task Form_WhatTheServerRefuses_IsSaidAtTheField(string field, string value, string actual)
    {
        await Worker.JoinAsync();
        IPage page = await OpenAsync("#/new", refusals: 422);
        await FillAsync(page, field, value);

        await page.GetByTestId("create-submit").ClickAsync();

        await Expect(page.GetByTestId("problem")).ToContainTextAsync(actual);
        ILocator input = Field(page, field);
        await Expect(input).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(input).ToBeFocusedAsync();
        Assert.Empty((await Api.GetAsync("/api/v1/searches"))["items"]!.AsArray());

        await FillAsync(page, "tasks", "0,1,3");
        await FillAsync(page, "space", "bezier:2");
        await FillAsync(page, "budget", "7jobs");
        await page.GetByTestId("create-submit").ClickAsync();
        await Expect(page.GetByTestId("state")).ToContainTextAsync("running");
    }

    private static ILocator Field(IPage page, string name) => page.Locator($"[data-test=create] [name={name}]");

    private static Task FillAsync(IPage page, string name, string value) => Field(page, name).FillAsync(value);
}
