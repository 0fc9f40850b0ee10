using System.Net;
using Bitcurve.Search.Api.Security;

namespace Bitcurve.Api.Tests;

/// <summary>Loopback without a token file: whoever sits at the machine is admin, and nobody else.</summary>
public sealed class AnonymousTests
{
    [Fact]
    public async Task NoTokens_CallerOfThisMachine_IsAdmin()
    {
        await using SearchApi api = await SearchApi.StartAsync();

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Post, "/api/v1/searches/unknown/pause");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Host", "bitcurve.elsewhere.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task NoTokens_RequestOfAnotherSiteOrMachine_IsRefused(string header, string value)
    {
        await using SearchApi api = await SearchApi.StartAsync();

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Post, "/api/v1/searches/unknown/pause", headers: (header, value));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task NoTokens_OwnPage_MayAsk()
    {
        await using SearchApi api = await SearchApi.StartAsync();

        using HttpResponseMessage response = await api.SendAsync(
            HttpMethod.Get, "/api/v1/server", headers: [("Origin", api.Address), ("Sec-Fetch-Site", "same-origin")]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task NoTokens_TokenThatIsShown_MustBeValid()
    {
        await using SearchApi api = await SearchApi.StartAsync();

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/server", token: Token.New());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", $"{response.Headers.WwwAuthenticate}");
    }

    [Fact]
    public async Task TokenFile_AppearsWhileServing_EndsAnonymousAccessForGood()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        string viewer = await api.AddTokenAsync(Role.Viewer);

        using HttpResponseMessage anonymous = await api.SendAsync(HttpMethod.Get, "/api/v1/server");
        using HttpResponseMessage shown = await api.SendAsync(HttpMethod.Get, "/api/v1/server", token: viewer);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (anonymous.StatusCode, shown.StatusCode));

        File.Delete(api.TokenFilePath);
        using HttpResponseMessage later = await api.SendAsync(HttpMethod.Get, "/api/v1/server");
        using HttpResponseMessage takenBack = await api.SendAsync(HttpMethod.Get, "/api/v1/server", token: viewer);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (later.StatusCode, takenBack.StatusCode));
    }
}
