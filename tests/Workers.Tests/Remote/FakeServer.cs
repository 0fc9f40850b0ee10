using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bitcurve.Workers.Agent.Remote;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Remote;

/// <summary>The server's side of the job protocol in memory, which breaks where a test says so.</summary>
internal sealed class FakeServer(params JobOrder[] orders) : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly Queue<JobOrder> queue = new(orders);
    private int sessions;

    /// <summary>Called before a request is served: may answer in the server's place, or throw as a broken network does.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Called after a request was served, with its answer: may replace it, or lose it by throwing.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage, HttpResponseMessage> After { get; set; } = (_, answer) => answer;

    /// <summary>Of a patch's bytes, those that arrive before the line is cut; null for all.</summary>
    public int? ArrivingBytes { get; set; }

    public Func<JobProgress, HeartbeatAnswer> Answer { get; set; } = _ => HeartbeatAnswer.Continue;

    public Action NoWork { get; set; } = () => { };

    public double HeartbeatSeconds { get; init; } = 30;

    public List<string> Requests { get; } = [];

    public List<WorkerRegistration> Registrations { get; } = [];

    public List<JobProgress> Heartbeats { get; } = [];

    public List<JobReport> Reports { get; } = [];

    public Dictionary<string, byte[]> Artifacts { get; } = [];

    public Dictionary<string, byte[]> Uploads { get; } = [];

    /// <summary>The job given out and not ended.</summary>
    public JobOrder? Leased { get; private set; }

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://server/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };

    public ServerConnection Connection(TimeProvider? time = null, RetryDelays? delays = null) =>
        new(Client(), delays ?? new RetryDelays(0, TimeSpan.Zero), time ?? TimeProvider.System);

    public void Enqueue(JobOrder order) => queue.Enqueue(order);

    public void Forget() => sessions++;

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static HttpResponseMessage Json<T>(T value) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options)) };

    public static HttpResponseMessage Problem(HttpStatusCode status, string detail) => new(status)
    {
        Content = new StringContent(JsonSerializer.Serialize(new { title = "Problem", status = (int)status, detail }), Encoding.UTF8, "application/problem+json"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellation);
        lock (gate)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery["/api/v1/".Length..]}");
            return Before(request) ?? After(request, Serve(request, body));
        }
    }

    private HttpResponseMessage Serve(HttpRequestMessage request, byte[] body)
    {
        var path = request.RequestUri!.AbsolutePath["/api/v1/".Length..].Split('/');
        return (request.Method.Method, path) switch
        {
            ("POST", ["workers"]) => Register(Read<WorkerRegistration>(body)),
            ("DELETE", ["workers", _]) => new(HttpStatusCode.NoContent),
            ("POST", ["leases"]) => Lease(Read<LeaseRequest>(body)),
            ("POST", ["leases", _, "heartbeat"]) => Heartbeat(Read<JobProgress>(body)),
            ("PUT", ["leases", _, "report"]) => Report(Read<JobReport>(body)),
            ("POST", ["leases", _, "release"]) => Release(),
            ("HEAD", ["artifacts", var hash]) => Head(hash),
            ("GET", ["artifacts", var hash]) => Get(hash, request.Headers.Range?.Ranges.Single().From),
            ("PATCH", ["artifacts", var hash]) => Patch(hash, Number(request, "Upload-Offset"), Number(request, "Upload-Length"), body),
            _ => throw new InvalidOperationException($"no such request: {request}"),
        };
    }

    private HttpResponseMessage Register(WorkerRegistration worker)
    {
        Registrations.Add(worker);
        sessions++;
        return Json(new WorkerSession(worker.WorkerId, $"session-{sessions}", 120, HeartbeatSeconds));
    }

    private HttpResponseMessage Lease(LeaseRequest asked)
    {
        if (asked.Session != $"session-{sessions}")
        {
            return Problem(HttpStatusCode.Conflict, "stale");
        }

        // A worker that holds a job already lost the answer: it gets the same one again.
        Leased ??= queue.TryDequeue(out var next) ? next : null;
        if (Leased is null)
        {
            NoWork();
            return new(HttpStatusCode.NoContent);
        }

        return Json(new LeasedJob(Leased.Lease().ToString(), Leased, DateTimeOffset.UnixEpoch));
    }

    private HttpResponseMessage Heartbeat(JobProgress progress)
    {
        RequireArtifacts(progress.Measurements, progress.Checkpoint);
        Heartbeats.Add(progress);
        return Json(new HeartbeatReply(Answer(progress)));
    }

    private HttpResponseMessage Report(JobReport report)
    {
        RequireArtifacts(report.Measurements, null);
        var isNew = Leased is not null;
        Leased = null;
        Reports.Add(report);
        return Json(new ReportReply(isNew ? ReportAnswer.Accepted : ReportAnswer.Dropped));
    }

    private HttpResponseMessage Release()
    {
        Leased = null;
        return new(HttpStatusCode.NoContent);
    }

    // A message must not name what is not there.
    private void RequireArtifacts(IEnumerable<Measurement> measurements, string? checkpoint) =>
        Assert.All(measurements.Select(m => m.Checkpoint).Append(checkpoint).OfType<string>(), hash => Assert.Contains(hash, Artifacts.Keys));

    private HttpResponseMessage Head(string hash)
    {
        var answer = new HttpResponseMessage(Artifacts.ContainsKey(hash) ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        return Uploads.TryGetValue(hash, out var part) ? WithOffset(answer, part.Length) : answer;
    }

    private HttpResponseMessage Get(string hash, long? from) => !Artifacts.TryGetValue(hash, out var content)
        ? Problem(HttpStatusCode.NotFound, "no such artifact")
        : new(from is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent) { Content = new ByteArrayContent(content[(int)(from ?? 0)..]) };

    private HttpResponseMessage Patch(string hash, long offset, long length, byte[] body)
    {
        var there = Uploads.GetValueOrDefault(hash) ?? [];
        if (offset != there.Length)
        {
            return WithOffset(Problem(HttpStatusCode.Conflict, $"expected offset {there.Length}, actual {offset}"), there.Length);
        }

        byte[] now = [.. there, .. body.Take(ArrivingBytes ?? body.Length)];
        Uploads[hash] = now;
        if (ArrivingBytes is not null)
        {
            ArrivingBytes = null;
            throw new HttpRequestException("the line was cut");
        }

        if (now.Length < length)
        {
            return WithOffset(new(HttpStatusCode.NoContent), now.Length);
        }

        Uploads.Remove(hash);
        if (HashOf(now) != hash)
        {
            return Problem(HttpStatusCode.UnprocessableEntity, $"expected content with hash {hash}, actual {HashOf(now)}");
        }

        Artifacts[hash] = now;
        return WithOffset(new(HttpStatusCode.NoContent), now.Length);
    }

    private static HttpResponseMessage WithOffset(HttpResponseMessage answer, long offset)
    {
        answer.Headers.Add("Upload-Offset", $"{offset}");
        return answer;
    }

    private static long Number(HttpRequestMessage request, string header) => long.Parse(request.Headers.GetValues(header).Single());

    private static T Read<T>(byte[] body) => JsonSerializer.Deserialize<T>(body, JobJson.Options)!;
}
