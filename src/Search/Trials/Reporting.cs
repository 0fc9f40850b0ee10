using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>The transition that takes a job's end.</summary>
public static class Reporting
{
    /// <summary>
    /// Takes a report of the present lease, and a late one of an expired lease exactly when it brings a result that is still missing.
    /// Repeating a report changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// An order of another search or of no job, or a success that lacks an ordered measurement: nothing is changed.
    /// </exception>
    public static (SearchState State, ReportAnswer Answer) Report(
        this SearchState state, JobOrder order, JobReport report, DateTimeOffset now)
    {
        RequireOwn(state, order);
        return state.Report(order.JobId, order.FencingToken, report, now);
    }

    /// <inheritdoc cref="Report(SearchState, JobOrder, JobReport, DateTimeOffset)"/>
    public static (SearchState State, ReportAnswer Answer) Report(
        this SearchState state, int jobId, long token, JobReport report, DateTimeOffset now)
    {
        Job job = state.JobById(jobId);
        bool isCurrent = job.Lease?.Token == token;
        if (!isCurrent && !IsLateNews(state, job, token, report))
        {
            return (state, ReportAnswer.Dropped);
        }

        JobFailure? failure = report.Failure ?? Divergence(report);
        if (!isCurrent && failure is not null)
        {
            return (state, ReportAnswer.Dropped);
        }

        Job merged = Progress.Merge(job, report.Measurements) with
        {
            Lease = null,
            TrainSeconds = job.TrainSeconds + report.TrainSeconds,
            TrainedEpochs = job.TrainedEpochs + report.TrainedEpochs,
            EvaluationSeconds = job.EvaluationSeconds + report.EvaluationSeconds,
        };
        if (failure is null)
        {
            RequireFullyMeasured(merged);
        }

        SearchState timed = ActiveClock.Advance(state, now);
        timed = timed with { Spent = timed.Spent with { TrainSeconds = timed.Spent.TrainSeconds + report.TrainSeconds } };
        SearchState next = failure is null ? Outcomes.Succeed(timed, merged) : Outcomes.Fail(timed, merged, failure, now);
        return (ActiveClock.Advance(next, now), ReportAnswer.Accepted);
    }

    /// <exception cref="ArgumentException">An order of another search.</exception>
    public static void RequireOwn(SearchState state, JobOrder order)
    {
        if (order.SearchId != state.Definition.Id)
        {
            throw new ArgumentException($"Search: expected {state.Definition.Id}, actual {order.SearchId}.", nameof(order));
        }
    }

    /// <summary>A lost worker's success counts while nobody else delivered it and the search can still use it.</summary>
    private static bool IsLateNews(SearchState state, Job job, long token, JobReport report)
    {
        bool isUsable = job.Purpose != JobPurpose.Search || state.Phase == SearchPhase.Searching;
        bool isMissing = job.IsPending || (job.State == JobState.Failed && job.Failure?.Kind == FailureKind.LostWorker);
        return report.Failure is null && isMissing && isUsable && job.LostTokens.Contains(token);
    }

    private static JobFailure? Divergence(JobReport report) =>
        report.Measurements.FirstOrDefault(measurement => !double.IsFinite(measurement.Accuracy)) is Measurement bad
            ? new JobFailure(FailureKind.Diverged, $"The metric at {bad.Epochs} epochs is {bad.Accuracy}.")
            : null;

    private static void RequireFullyMeasured(Job job)
    {
        if (job.IsFullyMeasured)
        {
            return;
        }

        string expected = string.Join(',', job.EvaluateAt);
        string actual = string.Join(',', job.Measurements.Select(measurement => measurement.Epochs));
        string stored = job.Purpose == JobPurpose.Baseline ? " with a checkpoint" : "";
        throw new ArgumentException($"Report of job {job.Id}: expected measurements at epochs {expected}{stored}, actual '{actual}'.");
    }
}
