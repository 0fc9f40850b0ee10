using System.Diagnostics;
using System.Net;
using System.Text;
using Bitcurve.Workers.Agent.Remote;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Remote;

public sealed class HttpJobSourceTests : IDisposable
{
    private static readonly WorkerRegistration Worker = new("rack 1/cuda:0", "cpu", []);

    private readonly string folder = Directory.CreateTempSubdirectory("bitcurve-test-").FullName;
    private readonly List<string> lines = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task LeaseAsync_FirstTime_RegistersAndTakesTheOrder()
    {
        var server = new FakeServer(Orders.Baseline()) { HeartbeatSeconds = 7 };
        var (source, _) = Open(server);

        Assert.Equal(Orders.Baseline().Lease(), (await LeaseAsync(source)).Lease());
        Assert.Equal(["POST workers", "POST leases"], server.Requests);
        Assert.Equal(Worker.WorkerId, server.Registrations[0].WorkerId);
        Assert.Equal(TimeSpan.FromSeconds(7), source.HeartbeatInterval);
    }

    [Fact]
    public async Task LeaseAsync_NoWork_AsksAgain()
    {
        var time = new ManualTime();
        var server = new FakeServer();
        server.NoWork = () =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            server.Enqueue(Orders.Baseline());
        };
        var (source, _) = Open(server, time);
        await LeaseAsync(source);

        Assert.Equal(["POST workers", "POST leases", "POST leases"], server.Requests);
    }

    [Fact]
    public async Task LeaseAsync_NoWorkAnsweredAtOnce_PausesFirst()
    {
        var time = new ManualTime();
        var server = new FakeServer();
        server.NoWork = () => server.Enqueue(Orders.Baseline());
        var (source, _) = Open(server, time);
        var leasing = LeaseAsync(source);
        await time.UntilSetAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["POST workers", "POST leases"], server.Requests);
        time.Advance(TimeSpan.FromSeconds(1));
        await leasing;
    }

    [Fact]
    public async Task LeaseAsync_StaleSession_RegistersAgain()
    {
        var server = new FakeServer(Orders.Baseline(), Orders.Baseline(2));
        var (source, _) = Open(server);
        var first = await LeaseAsync(source);
        await source.ReportAsync(first, new JobReport { Measurements = [] }, default);
        server.Forget();
        var second = await LeaseAsync(source);

        Assert.Equal(2, second.JobId);
        Assert.Equal(2, server.Registrations.Count);
    }

    [Fact]
    public async Task LeaseAsync_AnswerLost_GetsTheSameLeaseAgain()
    {
        var server = new FakeServer(Orders.Baseline(), Orders.Baseline(2));
        var (source, _) = Open(server);
        server.After = FailOnce(server.After, "POST leases");

        Assert.Equal(1, (await LeaseAsync(source)).JobId);
        Assert.Equal(["POST workers", "POST leases", "POST leases"], server.Requests);
    }

    [Fact]
    public async Task LeaseAsync_TokenRefused_EndsWithTheReason()
    {
        var server = new FakeServer { Before = _ => FakeServer.Problem(HttpStatusCode.Unauthorized, "Token: expected one of this server, actual another.") };
        var (source, _) = Open(server);
        var error = await Assert.ThrowsAsync<ServerRefusedException>(() => LeaseAsync(source));

        Assert.Equal("http://server/api/v1/: expected a token of role worker or admin (--token-file), actual 401 Unauthorized: Token: expected one of this server, actual another.", error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task LeaseAsync_NoBitcurveServer_EndsWithTheReason()
    {
        var server = new FakeServer { Before = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>Welcome</html>") } };
        var (source, _) = Open(server);
        var error = await Assert.ThrowsAsync<ServerRefusedException>(() => LeaseAsync(source));

        Assert.StartsWith("http://server/api/v1/: expected an answer of a bitcurve server, actual ", error.Message);
    }

    [Fact]
    public async Task LeaseAsync_RegistrationRefused_EndsWithTheReason()
    {
        var server = new FakeServer { Before = _ => FakeServer.Problem(HttpStatusCode.UnprocessableEntity, "Layers: expected at least one, actual none.") };
        var (source, _) = Open(server);
        var error = await Assert.ThrowsAsync<ServerRefusedException>(() => LeaseAsync(source));

        Assert.Equal("registration of worker rack 1/cuda:0 refused: 422 Unprocessable Entity: Layers: expected at least one, actual none.", error.Message);
    }

    [Fact]
    public async Task LeaseAsync_Cancelled_GivesUp()
    {
        var server = new FakeServer { Before = _ => throw new HttpRequestException("refused") };
        using var cancellation = new CancellationTokenSource();
        var connection = server.Connection();
        connection.Lost += _ => cancellation.Cancel();
        var (source, _) = Open(connection);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.LeaseAsync(Worker, cancellation.Token));
    }

    [Fact]
    public async Task HeartbeatAsync_NamesArtifacts_BringsThemFirstAndOnce()
    {
        var server = new FakeServer(Orders.Baseline());
        var (source, artifacts) = Open(server);
        var order = await LeaseAsync(source);
        var (measured, newest) = (Put(artifacts, "measured"), Put(artifacts, "newest"));
        server.Requests.Clear();
        var progress = new JobProgress(2, newest, [new Measurement(1, 0.5, measured)], 1);
        await source.HeartbeatAsync(order, progress, default);
        await source.HeartbeatAsync(order, progress, default);

        string[] expected =
        [
            $"HEAD artifacts/{newest}", $"PATCH artifacts/{newest}", $"HEAD artifacts/{measured}", $"PATCH artifacts/{measured}",
            "POST leases/s.1.1/heartbeat", "POST leases/s.1.1/heartbeat",
        ];
        Assert.Equal(expected, server.Requests);
        Assert.Equal(double.NaN, (await BeatAsync(source, server, order, progress with { TrainSeconds = double.NaN })).TrainSeconds);
    }

    [Fact]
    public async Task HeartbeatAsync_ServerAway_RepeatsUntilItAnswersAndTellsOnce()
    {
        var server = new FakeServer(Orders.Baseline());
        var connection = server.Connection();
        connection.Lost += reason => lines.Add($"lost: {reason}");
        connection.Regained += () => lines.Add("regained");
        var (source, _) = Open(connection);
        var order = await LeaseAsync(source);
        var misses = new Queue<Func<HttpResponseMessage>>(
        [
            () => throw new HttpRequestException("no route"),
            () => new(HttpStatusCode.ServiceUnavailable),
            () => new(HttpStatusCode.TooManyRequests),
        ]);
        server.Before = _ => misses.TryDequeue(out var miss) ? miss() : null;

        Assert.Equal(HeartbeatAnswer.Continue, await source.HeartbeatAsync(order, new JobProgress(0, null, [], 0), default));
        Assert.Equal(["lost: no route", "regained"], lines);
        Assert.Single(server.Heartbeats);
    }

    [Fact]
    public async Task LeaseAsync_AnswerWithATraceParent_GivesItToTheOrder()
    {
        const string traceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var server = new FakeServer(Orders.Baseline());
        server.After = (request, answer) => request.RequestUri!.AbsolutePath.EndsWith("/leases", StringComparison.Ordinal)
            ? FakeServer.Json(new LeasedJob("s.1.1", Orders.Baseline(), default, traceParent))
            : answer;
        var (source, _) = Open(server);

        Assert.Equal(traceParent, (await LeaseAsync(source)).TraceParent);
    }

    [Fact]
    public async Task HeartbeatAsync_UnderASpan_NamesItToTheServer()
    {
        var named = new List<string>();
        var server = new FakeServer(Orders.Baseline())
        {
            Before = request =>
            {
                named.AddRange(request.Headers.TryGetValues("traceparent", out var values) ? values : ["none"]);
                return null;
            },
        };
        var (source, artifacts) = Open(server);
        var order = await LeaseAsync(source);
        var checkpoint = Put(artifacts, "state");
        Assert.Equal(["none", "none"], named);

        using var span = new Activity("heartbeat").Start();
        await source.HeartbeatAsync(order, new JobProgress(1, checkpoint, [], 0), default);

        // The upload, too: asked, sent, and then the heartbeat.
        Assert.Equal([span.Id, span.Id, span.Id], named.Skip(2));
    }

    [Fact]
    public async Task HeartbeatAsync_UnknownLease_StopsWithALine()
    {
        var server = new FakeServer(Orders.Baseline());
        var (source, _) = Open(server);
        var order = await LeaseAsync(source);
        server.Before = _ => FakeServer.Problem(HttpStatusCode.NotFound, "Search: expected one that exists, actual 's'.");

        Assert.Equal(HeartbeatAnswer.Stop, await source.HeartbeatAsync(order, new JobProgress(0, null, [], 0), default));
        Assert.Equal(["heartbeat of job s.1.1 refused: 404 Not Found: Search: expected one that exists, actual 's'."], lines);
    }

    [Fact]
    public async Task ReportAsync_AnswerLost_IsSentAgain()
    {
        var server = new FakeServer(Orders.Baseline());
        var (source, _) = Open(server);
        var order = await LeaseAsync(source);
        server.After = FailOnce(server.After, "PUT leases");
        await source.ReportAsync(order, new JobReport { Measurements = [] }, default);

        Assert.Equal(2, server.Reports.Count);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task ReportAsync_Refused_IsDroppedWithALine()
    {
        var server = new FakeServer(Orders.Baseline());
        var (source, _) = Open(server);
        var order = await LeaseAsync(source);
        server.Before = _ => FakeServer.Problem(HttpStatusCode.UnprocessableEntity, "Measurements: expected epochs 2, actual none.");
        await source.ReportAsync(order, new JobReport { Measurements = [] }, default);

        Assert.Equal(["report of job s.1.1 refused and dropped: 422 Unprocessable Entity: Measurements: expected epochs 2, actual none."], lines);
    }

    [Fact]
    public async Task ReportAsync_ArtifactTidiedUpMeanwhile_BringsItAgain()
    {
        var server = new FakeServer(Orders.Baseline());
        var (source, artifacts) = Open(server);
        var order = await LeaseAsync(source);
        var checkpoint = Put(artifacts, "measured");
        await source.HeartbeatAsync(order, new JobProgress(2, checkpoint, [], 1), default);
        server.Artifacts.Clear();
        await source.ReportAsync(order, new JobReport { Measurements = [new Measurement(2, 0.5, checkpoint)] }, default);

        Assert.Equal("measured", Encoding.UTF8.GetString(server.Artifacts[checkpoint]));
    }

    [Fact]
    public async Task LeaveAsync_AfterRegistering_NamesWorkerAndSession()
    {
        var server = new FakeServer(Orders.Baseline());
        var (source, _) = Open(server);
        await source.LeaveAsync(default);
        await LeaseAsync(source);
        await source.LeaveAsync(default);

        Assert.Equal(["POST workers", "POST leases", "DELETE workers/rack%201%2Fcuda%3A0?session=session-1"], server.Requests);
    }

    private static async Task<JobProgress> BeatAsync(HttpJobSource source, FakeServer server, JobOrder order, JobProgress progress)
    {
        await source.HeartbeatAsync(order, progress, default);
        return server.Heartbeats[^1];
    }

    private static string Put(RemoteArtifacts artifacts, string text) => artifacts.Put(stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static Func<HttpRequestMessage, HttpResponseMessage, HttpResponseMessage> FailOnce(
        Func<HttpRequestMessage, HttpResponseMessage, HttpResponseMessage> then, string request)
    {
        var isDue = true;
        return (asked, answer) =>
        {
            if (isDue && $"{asked.Method} {asked.RequestUri!.AbsolutePath[8..]}".StartsWith(request, StringComparison.Ordinal))
            {
                isDue = false;
                throw new HttpRequestException("the answer was lost");
            }

            return then(asked, answer);
        };
    }

    private static async Task<JobOrder> LeaseAsync(HttpJobSource source) => (await source.LeaseAsync(Worker, default))!;

    private (HttpJobSource Source, RemoteArtifacts Artifacts) Open(FakeServer server, TimeProvider? time = null) => Open(server.Connection(time), time);

    private (HttpJobSource Source, RemoteArtifacts Artifacts) Open(ServerConnection connection, TimeProvider? time = null)
    {
        var artifacts = new RemoteArtifacts(connection, new ArtifactCache(folder, 1 << 20, TimeProvider.System), default);
        var source = new HttpJobSource(connection, artifacts, time ?? TimeProvider.System);
        source.Refused += lines.Add;
        return (source, artifacts);
    }
}
