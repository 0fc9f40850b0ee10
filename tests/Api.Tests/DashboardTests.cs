using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Report;

namespace Bitcurve.Api.Tests;

public sealed class DashboardTests
{
    private const string Folder = "src/Search/Dashboard/Page";

    [Fact]
    public async Task Page_AnyCaller_IsServedWithAPolicyThatAllowsOnlyThisServer()
    {
        await using SearchApi api = await SearchApi.StartAsync(withTokens: true);

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Repository.Read($"{Folder}/index.html"), WithoutLinks(await response.Content.ReadAsStringAsync()));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe-eval", policy);
        Assert.DoesNotContain("http", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Assets_EveryFileOfTheFolder_IsServedAsItIs()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        string[] names = [.. Repository.Names(Folder)];

        Assert.Contains("app.js", names);
        foreach (string name in names)
        {
            using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/assets/{name}");
            Assert.True(response.StatusCode == HttpStatusCode.OK, name);
            string text = await response.Content.ReadAsStringAsync();
            Assert.Equal(Repository.Read($"{Folder}/{name}"), name == "index.html" ? WithoutLinks(text) : text);
            string expected = Path.GetExtension(name) switch { ".js" => "text/javascript", ".css" => "text/css", _ => "text/html" };
            Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Page_NamesEveryModule_SoThatNoneIsAskedForLate()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        string page = await (await api.SendAsync(HttpMethod.Get, "/")).Content.ReadAsStringAsync();
        IEnumerable<string> expected = Repository.Names(Folder).Where(name => name.EndsWith(".js", StringComparison.Ordinal))
            .Concat(ChartBundle.Embedded.Script is null ? [] : ["charts.js"]);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Regex.Matches(page, @"<link rel=""modulepreload"" href=""/assets/([^""]+)"">").Select(link => link.Groups[1].Value));
    }

    [Fact]
    public void Modules_ImportOnlyFilesThatAreThere_AndNameNoOtherHost()
    {
        string[] names = [.. Repository.Names(Folder)];
        foreach (string name in names)
        {
            string text = Repository.Read($"{Folder}/{name}");
            Assert.All(Regex.Matches(text, @"from '\./([^']+)'"), import => Assert.Contains(import.Groups[1].Value, names));
            Assert.All(Regex.Matches(text, @"['""(]/assets/([\w.-]+)"), asset => Assert.Contains(asset.Groups[1].Value, names.Append("charts.js")));
            Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/2000/svg)", text.Replace("http://www.w3.org/2000/svg", ""));
            Assert.DoesNotContain("innerHTML", text);
        }
    }

    [Fact]
    public async Task Asset_KnownToTheCaller_IsNotSentAgain()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        using HttpResponseMessage first = await api.SendAsync(HttpMethod.Get, "/assets/app.js");
        string tag = $"{first.Headers.ETag}";
        using HttpResponseMessage other = await api.SendAsync(HttpMethod.Get, "/assets/style.css");

        using HttpResponseMessage same = await api.SendAsync(HttpMethod.Get, "/assets/app.js", headers: ("If-None-Match", $"\"another\", {tag}"));
        using HttpResponseMessage changed = await api.SendAsync(HttpMethod.Get, "/assets/app.js", headers: ("If-None-Match", $"{other.Headers.ETag}"));

        Assert.Equal("no-cache", $"{first.Headers.CacheControl}");
        Assert.NotEqual(tag, $"{other.Headers.ETag}");
        Assert.Equal((HttpStatusCode.NotModified, ""), (same.StatusCode, await same.Content.ReadAsStringAsync()));
        Assert.Equal(tag, $"{same.Headers.ETag}");
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task Asset_CallerThatTakesAnEncoding_GetsTheSameBytesCompressed(string accepted, string? encoding)
    {
        await using SearchApi api = await SearchApi.StartAsync();

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/assets/app.js", headers: ("Accept-Encoding", accepted));

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(Repository.Read($"{Folder}/app.js"), await TextAsync(response, encoding));
        Assert.Equal("Accept-Encoding", $"{response.Headers.Vary}");
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("..%2Findex.html")]
    [InlineData("App.js")]
    public async Task Asset_UnknownName_IsAProblem(string name)
    {
        await using SearchApi api = await SearchApi.StartAsync();

        JsonNode problem = await api.JsonAsync(HttpMethod.Get, $"/assets/{name}", expected: 404);

        Assert.Equal("Asset: expected a file of the dashboard, actual another name.", (string?)problem["detail"]);
    }

    [Fact]
    public async Task Charts_AreTheBundle_OrAProblemThatSaysWhyThereIsNone()
    {
        await using SearchApi api = await SearchApi.StartAsync();

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/assets/charts.js");

        string text = await response.Content.ReadAsStringAsync();
        if (ChartBundle.Embedded.Script is string script)
        {
            Assert.Equal(script, text);
        }
        else
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains($"{ChartBundle.Embedded.Missing}", (string?)JsonNode.Parse(text)!["detail"]);
        }
    }

    [Fact]
    public async Task Answers_CallerThatTakesAnEncoding_GetsJsonCompressedButEventsAsTheyAre()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        string id = await new ScriptedWorker(api).CreateSearchAsync();
        (string, string) accepted = ("Accept-Encoding", "gzip");

        using HttpResponseMessage search = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}", headers: accepted);
        using HttpResponseMessage events = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/events", headers: accepted);
        using HttpResponseMessage missing = await api.SendAsync(HttpMethod.Get, "/api/v1/searches/missing-1", headers: accepted);

        Assert.Equal("gzip", search.Content.Headers.ContentEncoding.Single());
        Assert.Equal(id, (string?)JsonNode.Parse(await TextAsync(search, "gzip"))!["id"]);
        Assert.Empty(events.Content.Headers.ContentEncoding);
        Assert.Empty(missing.Content.Headers.ContentEncoding);
        Assert.Equal(404, (int?)JsonNode.Parse(await missing.Content.ReadAsStringAsync())!["status"]);
    }

    [Fact]
    public async Task Me_EveryRole_IsToldWhoItIs()
    {
        await using SearchApi api = await SearchApi.StartAsync(withTokens: true);

        using HttpResponseMessage viewer = await api.SendAsync(HttpMethod.Get, "/api/v1/me", token: api.TokenOf(Role.Viewer));
        using HttpResponseMessage worker = await api.SendAsync(HttpMethod.Get, "/api/v1/me", token: api.TokenOf(Role.Worker));

        Assert.Equal("viewer", (string?)JsonNode.Parse(await viewer.Content.ReadAsStringAsync())!["role"]);
        Assert.Equal(HttpStatusCode.Forbidden, worker.StatusCode);
    }

    [Fact]
    public void Strips_HaveTheColoursOfTheReport()
    {
        string style = Repository.Read($"{Folder}/parts.css");

        Assert.All(Enumerable.Range(1, 8), bits => Assert.Contains($".b{bits} {{ background: {Palette.Fill(bits)}; color: {Palette.Text(bits)}; }}", style));
    }

    [Fact]
    public void Colours_OfText_HaveEnoughContrastLightAndDark()
    {
        string[] schemes = Repository.Read($"{Folder}/style.css").Split("@media (prefers-color-scheme: dark)");
        Assert.Equal(2, schemes.Length);
        foreach (string scheme in schemes)
        {
            Dictionary<string, string> colours = Regex.Matches(scheme, "--([a-z-]+): (#[0-9a-f]{6});").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            foreach (string text in (string[])["ink", "muted", "accent", "chosen", "danger", "good", "wait"])
            {
                Assert.All((string[])["page", "panel", "raised", "tint"], ground =>
                    Assert.True(Palette.Contrast(colours[text], colours[ground]) >= 4.5, $"{text} {colours[text]} on {ground} {colours[ground]}"));
            }

            Assert.True(Palette.Contrast(colours["on-accent"], colours["accent"]) >= 4.5);
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, string? encoding)
    {
        Stream body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        }, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The page as it is written, with the mark in place of the modules' links.</summary>
    private static string WithoutLinks(string page) => Regex.Replace(page, @"(<link rel=""modulepreload""[^>]*>\s*)+", "<!-- modules -->\n  ");
}
