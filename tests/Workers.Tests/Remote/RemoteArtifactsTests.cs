using System.Net;
using Bitcurve.Workers.Agent.Remote;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Remote;

public sealed class RemoteArtifactsTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(k => (byte)k)];
    private static readonly string Hash = FakeServer.HashOf(Content);

    private readonly string folder = Directory.CreateTempSubdirectory("bitcurve-test-").FullName;
    private readonly FakeServer server = new(Orders.Baseline());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void OpenRead_NotHere_DownloadsItOnce()
    {
        server.Artifacts[Hash] = Content;
        var artifacts = Open();

        Assert.False(artifacts.Contains(Hash));
        Assert.Equal(Content, Read(artifacts));
        Assert.Equal(Content, Read(artifacts));
        Assert.Equal([$"GET artifacts/{Hash}"], server.Requests);
    }

    [Fact]
    public void OpenRead_Cut_GoesOnFromTheBytesThatCame()
    {
        server.Artifacts[Hash] = Content;
        var ranges = new List<long?>();
        server.After = (request, answer) =>
        {
            ranges.Add(request.Headers.Range?.Ranges.Single().From);
            return ranges.Count == 1 ? new(HttpStatusCode.OK) { Content = new StreamContent(new CutStream(Content, 300)) } : answer;
        };

        Assert.Equal(Content, Read(Open()));
        Assert.Equal([null, 300], ranges);
    }

    [Fact]
    public void OpenRead_DamagedOnTheWay_IsFetchedAnew()
    {
        server.Artifacts[Hash] = Content;
        var tries = 0;
        server.After = (_, answer) => ++tries == 1 ? new(HttpStatusCode.OK) { Content = new ByteArrayContent(Content[1..]) } : answer;

        Assert.Equal(Content, Read(Open()));
        Assert.Equal(2, tries);
    }

    [Fact]
    public void OpenRead_DamagedAtTheServer_IsRefused()
    {
        server.Artifacts[Hash] = Content[1..];
        var artifacts = Open();
        var error = Assert.Throws<InvalidDataException>(() => artifacts.OpenRead(Hash));

        Assert.Equal($"artifact {Hash}: expected content with this hash, actual another one in 2 downloads", error.Message);
        Assert.False(artifacts.Contains(Hash));
    }

    [Fact]
    public void OpenRead_Unknown_SaysSo()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Open().OpenRead(Hash));

        Assert.Equal($"artifact {Hash}: expected one that the server has, actual none", error.Message);
    }

    [Fact]
    public void OpenRead_Closing_GivesUp()
    {
        using var closing = new CancellationTokenSource();
        server.Before = _ =>
        {
            closing.Cancel();
            throw new HttpRequestException("no route");
        };

        Assert.ThrowsAny<OperationCanceledException>(() => Open(closing: closing.Token).OpenRead(Hash));
    }

    [Fact]
    public async Task Upload_Cut_GoesOnFromTheServersOffset()
    {
        server.ArrivingBytes = 400;
        await BringAsync();

        Assert.Equal(Content, server.Artifacts[Hash]);
        Assert.Equal(
            [$"HEAD artifacts/{Hash}", $"PATCH artifacts/{Hash}", $"PATCH artifacts/{Hash}", $"HEAD artifacts/{Hash}", $"PATCH artifacts/{Hash}"],
            server.Requests.Where(r => r.Contains("artifacts", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Upload_BegunByAnotherProcess_IsOnlyFinished()
    {
        server.Uploads[Hash] = Content[..900];
        var sent = 0L;
        server.Before = request =>
        {
            sent += request.Method == HttpMethod.Patch ? request.Content!.Headers.ContentLength!.Value : 0;
            return null;
        };
        await BringAsync();

        Assert.Equal(Content, server.Artifacts[Hash]);
        Assert.Equal(100, sent);
    }

    [Fact]
    public async Task Upload_ThereAlready_SendsNothing()
    {
        server.Artifacts[Hash] = Content;
        await BringAsync();

        Assert.DoesNotContain(server.Requests, r => r.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_DamagedStart_IsDroppedByTheServerAndSentWhole()
    {
        server.Uploads[Hash] = new byte[500];
        await BringAsync();

        Assert.Equal(Content, server.Artifacts[Hash]);
    }

    [Fact]
    public async Task Upload_AlwaysRefused_EndsTheJobInsteadOfTrying()
    {
        server.After = (request, answer) => request.Method == HttpMethod.Patch ? FakeServer.Problem(HttpStatusCode.UnprocessableEntity, "another hash") : answer;
        server.Before = request =>
        {
            server.Uploads.Clear();
            server.Artifacts.Clear();
            return null;
        };
        var lines = new List<string>();

        Assert.Equal(HeartbeatAnswer.Stop, await BringAsync(lines));
        Assert.Contains($"artifact {Hash}: expected the server to take it from byte 0 on, actual 422 Unprocessable Entity: another hash", Assert.Single(lines));
    }

    private static byte[] Read(RemoteArtifacts artifacts)
    {
        using var stream = artifacts.OpenRead(Hash);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    // A heartbeat that names it brings it.
    private async Task<HeartbeatAnswer> BringAsync(List<string>? lines = null)
    {
        var artifacts = Open();
        var source = new HttpJobSource(server.Connection(), artifacts, TimeProvider.System);
        source.Refused += line => lines?.Add(line);
        var order = await source.LeaseAsync(new WorkerRegistration("w", "cpu", []), default);
        Assert.Equal(Hash, artifacts.Put(stream => stream.Write(Content)));
        return await source.HeartbeatAsync(order!, new JobProgress(1, Hash, [], 0), default);
    }

    private RemoteArtifacts Open(CancellationToken closing = default) =>
        new(server.Connection(), new ArtifactCache(folder, 1 << 20, TimeProvider.System), closing);

    /// <summary>Some bytes, and then the line is cut.</summary>
    private sealed class CutStream(byte[] content, int length) : MemoryStream(content, 0, length)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            CopyTo(destination, bufferSize);
            return Task.CompletedTask;
        }

        public override void CopyTo(Stream destination, int bufferSize)
        {
            destination.Write(ToArray());
            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }
    }
}
