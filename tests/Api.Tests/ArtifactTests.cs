using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Bitcurve.Search.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bitcurve.Api.Tests;

public sealed class ArtifactTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 900).Select(index => (byte)index)];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private SearchApi api = null!;
    private ScriptedWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        api = await SearchApi.StartAsync(change: options => options with { MaximumArtifactBytes = 1000 });
        worker = new ScriptedWorker(api);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Upload_InParts_IsStoredOnceWhole()
    {
        Assert.Equal((HttpStatusCode.NotFound, "0"), await HeadAsync());
        Assert.Equal((HttpStatusCode.NoContent, "400"), await PatchAsync(0, Content[..400]));
        Assert.Equal((HttpStatusCode.NotFound, "400"), await HeadAsync());
        Assert.Equal((HttpStatusCode.NoContent, "900"), await PatchAsync(400, Content[400..]));

        using HttpResponseMessage whole = await api.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/{Hash}");
        Assert.Equal(Content, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.NoContent, "900"), await PatchAsync(0, Content));
    }

    [Fact]
    public async Task Upload_AnotherOffset_SaysWhereItStands()
    {
        await PatchAsync(0, Content[..400]);

        Assert.Equal((HttpStatusCode.Conflict, "400"), await PatchAsync(300, Content[300..]));
        Assert.Equal((HttpStatusCode.Conflict, "400"), await PatchAsync(500, Content[500..]));
    }

    [Fact]
    public async Task Upload_OtherBytes_AreDropped()
    {
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "0"), await PatchAsync(0, [.. Content.Reverse()]));
        Assert.Equal((HttpStatusCode.NotFound, "0"), await HeadAsync());
    }

    [Fact]
    public async Task Upload_TooLarge_IsRefusedBeforeItsBytes()
    {
        using HttpResponseMessage announced = await worker.UploadAsync(Hash, 0, Content, 1001);
        using HttpResponseMessage sent = await worker.UploadAsync(Hash, 0, new byte[1001], 1001);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (announced.StatusCode, sent.StatusCode));
    }

    [Theory]
    [InlineData("Upload-Offset", "900", "Upload-Length")]
    [InlineData("Upload-Length", "900", "Upload-Offset")]
    public async Task Upload_HeaderMissing_IsNamed(string given, string value, string missing)
    {
        var problem = await api.JsonAsync(HttpMethod.Patch, $"/api/v1/artifacts/{Hash}", new ByteArrayContent(Content), 400, (given, value));
        Assert.Equal(missing, (string)problem["field"]!);
    }

    [Fact]
    public async Task Read_Range_IsThatPart()
    {
        await PatchAsync(0, Content);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/artifacts/{Hash}") { Headers = { Range = new RangeHeaderValue(100, 199) } };

        using HttpResponseMessage response = await api.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(Content[100..200], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("..%2F..%2Ftokens")]
    [InlineData("..%5C..%5Ctokens")]
    [InlineData("%2e%2e")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("00")]
    public async Task Read_NameThatIsNoHash_IsNotFound(string name)
    {
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using HttpResponseMessage response = await api.SendAsync(method, $"/api/v1/artifacts/{name}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Sweep_OldArtifactsThatNothingRefersTo_AreDeleted()
    {
        string id = await worker.CreateSearchAsync();
        await worker.ReportAsync((await worker.LeaseAsync())!);
        string needed = (string)(await api.GetAsync($"/api/v1/searches/{id}"))["baseline"]!["checkpoint"]!;
        await PatchAsync(0, Content);
        string young = api.Artifacts.Put(stream => stream.Write("young"u8));
        Age(needed);
        Age(Hash);

        await api.App.Services.GetServices<IHostedService>().OfType<ArtifactSweep>().Single().SweepAsync(CancellationToken.None);

        Assert.Equal((true, false, true), (api.Artifacts.Contains(needed), api.Artifacts.Contains(Hash), api.Artifacts.Contains(young)));
    }

    [Fact]
    public async Task Head_OldArtifact_KeepsItForAWorkerThatIsAboutToNameIt()
    {
        await PatchAsync(0, Content);
        Age(Hash);
        await HeadAsync();

        await api.App.Services.GetServices<IHostedService>().OfType<ArtifactSweep>().Single().SweepAsync(CancellationToken.None);

        Assert.True(api.Artifacts.Contains(Hash));
    }

    private void Age(string hash)
    {
        using var file = (FileStream)api.Artifacts.OpenRead(hash);
        File.SetLastWriteTimeUtc(file.Name, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    private async Task<(HttpStatusCode Status, string? Offset)> HeadAsync()
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Head, $"/api/v1/artifacts/{Hash}");
        return (response.StatusCode, OffsetOf(response));
    }

    private async Task<(HttpStatusCode Status, string? Offset)> PatchAsync(long offset, byte[] part)
    {
        using HttpResponseMessage response = await worker.UploadAsync(Hash, offset, part, Content.Length);
        return (response.StatusCode, OffsetOf(response));
    }

    private static string? OffsetOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Upload-Offset", out IEnumerable<string>? values) ? values.Single() : null;
}
