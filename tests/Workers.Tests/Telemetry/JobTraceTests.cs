using System.Diagnostics;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Telemetry;

public sealed class JobTraceTests : IDisposable
{
    private readonly SpanCollector collector = new();
    private readonly MemoryArtifacts artifacts = new();

    public void Dispose() => collector.Dispose();

    [Fact]
    public async Task RunAsync_OrderWithATraceParent_PutsEveryStepUnderTheJob()
    {
        var start = await BaselineArtifactAsync();
        await RunAsync(Orders.Baseline() with
        {
            Kind = JobKind.FineTune,
            Bits = [8, 6, 4, 4, 3, 2, 2, 1],
            StartArtifact = start,
            EvaluateAt = [0, 1],
            TraceParent = collector.TraceParent,
        });

        var job = collector.Single("job");
        Assert.Equal((collector.Root, ActivityKind.Consumer), (job.ParentSpanId, job.Kind));
        Assert.Equal(
            ["s", 1, "test", "vgg8/shapes32-tiny", "86443221", 1, "succeeded"],
            job.TagObjects.Select(tag => tag.Value));
        Assert.Equal(
            ["bitcurve.search.id", "bitcurve.job.id", "bitcurve.worker.id", "bitcurve.workload", "bitcurve.bits", "bitcurve.epochs", "bitcurve.outcome"],
            job.TagObjects.Select(tag => tag.Key));
        Assert.All(collector.Spans.Where(span => span != job), span => Assert.Equal(job.SpanId, span.ParentSpanId));
        Assert.Equal(
            ["load", "quantise", "evaluate", "epoch", "checkpoint", "quantise", "evaluate", "checkpoint", "report", "job"],
            collector.Spans.Select(span => span.OperationName).Where(name => name != "heartbeat"));
        Assert.Equal([0, 1, 1], collector.Spans.Where(span => span.OperationName == "heartbeat").Select(span => span.GetTagItem("bitcurve.epochs")));
        Assert.Equal(1, collector.Single("epoch").GetTagItem("bitcurve.epochs"));
        Assert.Equal(ActivityStatusCode.Unset, job.Status);
    }

    [Fact]
    public async Task RunAsync_JobThatDiverges_MarksTheSpan()
    {
        var exploding = Workload.Open("vgg8/shapes32-tiny", baselineEpochs: 2, schedule: new LearningRateSchedule.Constant(1e30));
        await RunAsync(Orders.Baseline() with { WorkloadHash = exploding.ContentHash, TraceParent = collector.TraceParent }, exploding);

        var job = collector.Single("job");
        Assert.Equal(ActivityStatusCode.Error, job.Status);
        Assert.Contains("the loss was not finite", job.StatusDescription, StringComparison.Ordinal);
        Assert.Equal(("failed", "Diverged"), (job.GetTagItem("bitcurve.outcome"), job.GetTagItem("bitcurve.failure")));
        Assert.DoesNotContain(collector.Spans, span => span.OperationName is "quantise" or "evaluate");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a trace context")]
    public void StartConsuming_NoTraceParent_BeginsATraceOfItsOwn(string? traceParent)
    {
        using var span = WorkerTelemetry.StartConsuming("job", traceParent)!;

        Assert.Equal(default, span.ParentSpanId);
        Assert.NotEqual(default, span.TraceId);
    }

    private async Task<string> BaselineArtifactAsync() => (await RunAsync(Orders.Baseline())).Reports[0].Measurements[0].Checkpoint!;

    private async Task<ScriptedSource> RunAsync(JobOrder order, Workload? workload = null)
    {
        var source = new ScriptedSource(order);
        var options = new WorkerOptions { WorkerId = "test", Workloads = [workload ?? Orders.Tiny], Threads = 1 };
        using var worker = new TrainingWorker(options, source, artifacts, TimeProvider.System);
        await worker.RunAsync(CancellationToken.None);
        return source;
    }
}
