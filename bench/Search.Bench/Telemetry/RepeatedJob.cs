using System.Security.Cryptography;
using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Telemetry;

/// <summary>A real worker that does the same fine-tuning again and again: 4 bits everywhere, from a network trained for one epoch.</summary>
internal sealed class RepeatedJob : IJobSource, IArtifactStore, IDisposable
{
    private const int Bits = 4;

    private readonly Dictionary<string, byte[]> artifacts = [];
    private readonly TrainingWorker worker;
    private readonly Workload workload;
    private readonly int epochs;
    private readonly string start;
    private JobOrder? next;
    private JobReport? last;

    /// <param name="workload">Network and data.</param>
    /// <param name="epochs">Length of the job.</param>
    /// <param name="threads">For tensors.</param>
    internal RepeatedJob(string workload, int epochs, int threads)
    {
        this.workload = Workload.Open(workload, baselineEpochs: 1);
        this.epochs = epochs;
        worker = new TrainingWorker(
            new WorkerOptions { WorkerId = "bench", Workloads = [this.workload], Threads = threads }, this, this, TimeProvider.System);
        worker.Happened += happened => StepsPerEpoch = happened is WorkerEvent.Stepped stepped ? stepped.StepsPerEpoch : StepsPerEpoch;
        start = Carry(Order(JobKind.Baseline) with { EvaluateAt = [1] }).Measurements[0].Checkpoint!;
    }

    internal int StepsPerEpoch { get; private set; }

    /// <summary>Time of one step, milliseconds: on the wall, from the worker's own report, and of all the process's threads, the whole job.</summary>
    /// <param name="traceParent">As a server sends it that traces; null for none.</param>
    internal (double WallMs, double ProcessorMs) Step(string? traceParent)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var report = Carry(Order(JobKind.FineTune) with
        {
            Bits = [.. workload.Layers.Select(_ => Bits)],
            StartArtifact = start,
            EvaluateAt = [0, epochs],
            TraceParent = traceParent,
        });
        var steps = epochs * StepsPerEpoch;
        return (1000 * report.TrainSeconds / steps, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / steps);
    }

    public Task<JobOrder?> LeaseAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        var order = next;
        next = null;
        return Task.FromResult(order);
    }

    public Task<HeartbeatAnswer> HeartbeatAsync(JobOrder order, JobProgress progress, CancellationToken cancellation) =>
        Task.FromResult(HeartbeatAnswer.Continue);

    public Task ReportAsync(JobOrder order, JobReport report, CancellationToken cancellation)
    {
        last = report;
        return Task.CompletedTask;
    }

    public Task ReleaseAsync(JobOrder order, CancellationToken cancellation) => Task.CompletedTask;

    public bool Contains(string hash) => artifacts.ContainsKey(hash);

    public Stream OpenRead(string hash) => new MemoryStream(artifacts[hash], writable: false);

    public string Put(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        var content = stream.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        artifacts[hash] = content;
        return hash;
    }

    public void Dispose() => worker.Dispose();

    private JobReport Carry(JobOrder order)
    {
        next = order;
        worker.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        return last is { Failure: null } report ? report : throw new InvalidOperationException($"expected a job that succeeds, actual {last?.Failure?.Message}");
    }

    private JobOrder Order(JobKind kind) => new()
    {
        SearchId = "bench",
        JobId = 1,
        FencingToken = 1,
        Workload = workload.Name,
        WorkloadHash = workload.ContentHash,
        Kind = kind,
        Seed = 0,
        EvaluateAt = [epochs],
        Split = EvaluationSplit.Validation,
    };
}
