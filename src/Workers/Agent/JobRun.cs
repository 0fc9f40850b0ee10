using System.Runtime.InteropServices;
using Bitcurve.Models.Training;
using Bitcurve.Workers.Agent.Remote;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent;

/// <summary>One order from lease to report: training on the tensor thread, heartbeats beside it, and every way it can end.</summary>
internal sealed class JobRun(
    JobOrder order, TrainingJob job, TensorThread thread, IJobSource source, DeviceMonitor monitor, WorkerOptions options, TimeProvider time, Action<WorkerEvent> notify)
{
    /// <summary>Returns when the job is reported or no longer wanted.</summary>
    /// <exception cref="OperationCanceledException">Told to leave; the job was handed back.</exception>
    internal async Task RunAsync(CancellationToken leave, CancellationToken hurry)
    {
        using var span = new JobSpan(order, options.WorkerId);
        notify(new WorkerEvent.Started(order));
        using var limits = new JobLimits(order.TimeLimitSeconds, options.GracePeriod, time, leave, hurry);
        using var pump = new HeartbeatPump(source, order, source.HeartbeatInterval ?? options.HeartbeatInterval, Complete, time, notify, limits.Farewell);
        JobReport? report;
        try
        {
            report = await TrainAsync(pump, limits);
        }
        finally
        {
            // What was measured is known to the source before the job ends in whatever way.
            await pump.CompleteAsync();
        }

        if (pump.IsStopped)
        {
            span.End("stopped");
            notify(new WorkerEvent.Stopped(order));
        }
        else if (report is not null)
        {
            span.End(report.Failure is null ? "succeeded" : "failed", report.Failure);
            await ReportAsync(report, limits.Farewell);
            notify(new WorkerEvent.Finished(order, report));
        }
        else
        {
            span.End("released");
            await source.ReleaseAsync(order, limits.Farewell);
            notify(new WorkerEvent.Released(order));
            leave.ThrowIfCancellationRequested();
        }
    }

    private JobProgress Complete(JobProgress progress) => progress with { ImagesPerSecond = job.ImagesPerSecond, Device = monitor.Latest };

    private async Task ReportAsync(JobReport report, CancellationToken farewell)
    {
        using var span = WorkerTelemetry.Start("report");
        await source.ReportAsync(order, report, farewell);
    }

    // Null when the job ends without a result: stopped by the source, or handed back.
    private async Task<JobReport?> TrainAsync(HeartbeatPump pump, JobLimits limits)
    {
        try
        {
            await thread.Run(job.Open);
            using var epochEnd = limits.Epoch(pump.Ended);
            while (!job.IsDone)
            {
                limits.ThrowIfOver(job.IsEvaluationDue);
                await pump.SendAsync(await AdvanceAsync(limits, epochEnd.Token));
            }

            return job.Report();
        }
        catch (OperationCanceledException) when (pump.Ended.IsCancellationRequested || limits.IsLeaving)
        {
            return null;
        }
        catch (OperationCanceledException) when (limits.IsTimeOver)
        {
            return job.Report(new JobFailure(FailureKind.Timeout, FormattableString.Invariant($"the job's time limit of {limits.LimitSeconds} s was reached")));
        }
        catch (Exception fault) when (FailureOf(fault) is { } failure)
        {
            return job.Report(failure);
        }
    }

    private async Task<JobProgress> AdvanceAsync(JobLimits limits, CancellationToken epochEnd)
    {
        if (job.IsEvaluationDue)
        {
            return await thread.Run(() => job.Progress(job.Advance(epochEnd)));
        }

        limits.EpochStarts();
        var progress = await thread.Run(() => job.Progress(job.Advance(epochEnd)));
        limits.EpochEnded();
        return progress;
    }

    // Null for what is no fault of the job.
    private JobFailure? FailureOf(Exception fault) => fault switch
    {
        DivergedException => new(FailureKind.Diverged, fault.Message),
        OutOfMemoryException => new(FailureKind.OutOfMemory, fault.Message),
        ExternalException native => new(Kind(native), native.Message.Split('\n')[0]),

        // Neither a full disk nor a server that turns this worker away says anything about the job.
        OperationCanceledException or ServerRefusedException or (IOException and not FileNotFoundException) => null,
        _ => options.ReportsFaults ? new(FailureKind.Crashed, $"{fault.GetType().Name}: {fault.Message.Split('\n')[0]}") : null,
    };

    private static FailureKind Kind(ExternalException native) =>
        native.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || native.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
            ? FailureKind.OutOfMemory
            : FailureKind.Crashed;
}
