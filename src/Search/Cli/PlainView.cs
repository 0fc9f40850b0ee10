using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Cli;

/// <summary>One line per job, and one every few epochs of a long one: for log files.</summary>
internal sealed class PlainView(RunStatus status, TextWriter output) : RunView(status)
{
    // The baseline's forty epochs would drown the rest.
    private const int EpochsPerLine = 5;

    private readonly Lock gate = new();
    private SearchPhase? phase;

    public override void Dispose()
    {
    }

    protected override void Changed()
    {
        if (phase == Status.State.Phase)
        {
            return;
        }

        phase = Status.State.Phase;
        Line(Status.Phase);
    }

    protected override void Saw(WorkerEvent happened)
    {
        switch (happened)
        {
            case WorkerEvent.Started started:
                Line($"{RunStatus.Describe(started.Order)}{Why()}");
                break;
            case WorkerEvent.EpochFinished { Order.Kind: JobKind.Baseline } epoch when epoch.Epochs % EpochsPerLine == 0:
                Line(FormattableString.Invariant($"  epoch {epoch.Epochs} of {epoch.Order.EvaluateAt[^1]}, loss {epoch.Loss:0.000}, {epoch.Seconds:0.0} s per epoch{Left()}"));
                break;
            case WorkerEvent.Measured measured:
                Line($"  {Status.Metric.Named(measured.Measurement.Accuracy)} after {measured.Measurement.Epochs} epochs");
                break;
            case WorkerEvent.Finished finished:
                Finished(finished.Report);
                break;
        }
    }

    protected override void Line(string text)
    {
        lock (gate)
        {
            output.WriteLine($"[{RunStatus.Clock(Status.Elapsed.TotalSeconds)}] {text}");
        }
    }

    private void Finished(JobReport report)
    {
        if (report.Failure is { } failure)
        {
            Line($"  failed: {failure.Message}");
        }

        switch (Status.State.Phase)
        {
            case SearchPhase.Searching when Status.Best is { } best:
                Line($"  best so far {LevelText.Of(Status.State.Definition.Space.Subject, best.Bits)} at {Status.Metric.Named(best.Accuracy)} after {best.Epochs} epochs{Status.RegretText}; budget {Status.BudgetText}{Left()}");
                break;
            case SearchPhase.Verifying:
                Line($"  {Status.Verification.Done} of {Status.Verification.Planned} verified{Left()}");
                break;
        }
    }

    private string Why() => Status.Decision is { } decision ? $": {decision.Reason}" : "";

    private string Left() => Status.Left is { TotalSeconds: >= 1 } left ? $", about {RunStatus.Clock(left.TotalSeconds)} left" : "";
}
