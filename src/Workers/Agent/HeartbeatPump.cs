using System.Threading.Channels;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent;

/// <summary>
/// Tells the source of one job's progress while the job trains on: every progress once and in order, and between them the last one again
/// at every interval, so that an epoch longer than a lease keeps it.
/// </summary>
internal sealed class HeartbeatPump : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // One is under way, one may wait: a third would be a job that runs away from what its source knows.
    private readonly Channel<JobProgress> waiting = Channel.CreateBounded<JobProgress>(1);
    private readonly CancellationTokenSource ended = new();
    private readonly IJobSource source;
    private readonly JobOrder order;
    private readonly TimeSpan interval;
    private readonly Func<JobProgress, JobProgress> complete;
    private readonly TimeProvider time;
    private readonly Action<WorkerEvent> notify;
    private readonly CancellationToken giveUp;
    private readonly Task loop;

    /// <param name="source">Who hears of the job.</param>
    /// <param name="order">The job.</param>
    /// <param name="interval">Between two heartbeats at most.</param>
    /// <param name="complete">Adds to a progress what is known only when it is said: speed and device. Must be quick.</param>
    /// <param name="time">Measures the interval.</param>
    /// <param name="notify">Hears of heartbeats that did not arrive.</param>
    /// <param name="giveUp">Ends the pump with whatever is unsaid.</param>
    internal HeartbeatPump(
        IJobSource source,
        JobOrder order,
        TimeSpan interval,
        Func<JobProgress, JobProgress> complete,
        TimeProvider time,
        Action<WorkerEvent> notify,
        CancellationToken giveUp)
    {
        (this.source, this.order, this.interval, this.complete, this.time, this.notify, this.giveUp) = (source, order, interval, complete, time, notify, giveUp);
        Ended = ended.Token;
        loop = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>Whether the source answered that the job is to stop.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Cancelled when nothing more will be said: the source said stop, or <see cref="CompleteAsync"/> will tell the fault.</summary>
    internal CancellationToken Ended { get; }

    /// <summary>Returns once the progress is under way or next in turn.</summary>
    /// <exception cref="OperationCanceledException">The pump has ended.</exception>
    internal ValueTask SendAsync(JobProgress progress) => waiting.Writer.WriteAsync(progress, Ended);

    /// <summary>Returns when all was said, or the source said stop.</summary>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    internal Task CompleteAsync()
    {
        waiting.Writer.TryComplete();
        return loop;
    }

    /// <summary>Only after <see cref="CompleteAsync"/> has returned or thrown.</summary>
    public void Dispose() => ended.Dispose();

    private async Task PumpAsync()
    {
        try
        {
            var said = new JobProgress(order.StartEpochs, null, [], 0);
            while (await NextAsync(said) is { } next)
            {
                said = next;
                if (await SayAsync(next) == HeartbeatAnswer.Stop)
                {
                    IsStopped = true;
                    return;
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    // What comes next, or the last again when the interval is over, or null when all was said.
    private async Task<JobProgress?> NextAsync(JobProgress said)
    {
        using var pause = new CancellationTokenSource(interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, giveUp);
        try
        {
            return await waiting.Reader.WaitToReadAsync(either.Token) && waiting.Reader.TryRead(out var next) ? next : null;
        }
        catch (OperationCanceledException) when (!giveUp.IsCancellationRequested)
        {
            return said;
        }
    }

    private async Task<HeartbeatAnswer> SayAsync(JobProgress progress)
    {
        using var span = JobSpan.Step("heartbeat", progress.EpochsDone);
        while (true)
        {
            try
            {
                return await source.HeartbeatAsync(order, complete(progress), giveUp);
            }
            catch (Exception problem) when (problem is HttpRequestException or TimeoutException)
            {
                notify(new WorkerEvent.Unheard(order, problem.Message));
                await Task.Delay(RetryAfter, time, giveUp);
            }
        }
    }
}
