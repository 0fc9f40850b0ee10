using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>What a job's end means for the search.</summary>
internal static class Outcomes
{
    /// <summary>Tries of one job before it has failed for good.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>Wait before the second try of a job that crashed or ran out of time; the third waits four times as long.</summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(5);

    /// <summary>Stores the result of a fully measured job.</summary>
    public static SearchState Succeed(SearchState state, Job job)
    {
        Job succeeded = job with { State = JobState.Succeeded, Lease = null, Failure = null };
        SearchState next = state.WithJob(succeeded);
        return job.Purpose switch
        {
            JobPurpose.Baseline => StartSearching(next, job.Measurements[^1]),
            JobPurpose.Search => next.WithTrial(WithMeasurements(next.Trials.First(trial => trial.Id == job.TrialId), job)),
            _ => FinishVerification(next.WithRun(job.Id, run => run with { Accuracy = job.Measurements[^1].Accuracy, Failure = null })),
        };
    }

    /// <summary>
    /// Queues the job again when the cause may pass, else gives it up. A worker that was lost or crashed with every measurement delivered
    /// has done its job: nothing is left that another try could add. What was interrupted is tried again at once, what failed by itself
    /// after a pause that grows.
    /// </summary>
    public static SearchState Fail(SearchState state, Job job, JobFailure failure, DateTimeOffset now)
    {
        bool mayPass = failure.Kind is FailureKind.Crashed or FailureKind.Timeout or FailureKind.LostWorker;
        if (mayPass && job.IsFullyMeasured)
        {
            return Succeed(state, job);
        }

        int attempts = job.Attempts + 1;
        Job failed = job with { Attempts = attempts, Lease = null };
        SearchState noted = NoteFailure(state, job, failure);
        return mayPass && attempts < MaximumAttempts
            ? noted.WithJob(failed with { State = JobState.Queued, NotBefore = NextTry(failure.Kind, attempts, now) })
            : GiveUp(noted.WithJob(failed with { State = JobState.Failed, Failure = failure }), failed, failure);
    }

    private static DateTimeOffset? NextTry(FailureKind kind, int attempts, DateTimeOffset now) =>
        kind == FailureKind.LostWorker ? null : now + (FirstBackoff * Math.Pow(4, attempts - 1));

    /// <summary>Ends the search when the last verification is done.</summary>
    public static SearchState FinishVerification(SearchState state) =>
        state.Phase == SearchPhase.Verifying && !state.PendingJobs.Any()
            ? state with { Phase = SearchPhase.Completed }
            : state;

    public static SearchState WithRun(this SearchState state, int jobId, Func<VerificationRun, VerificationRun> change) =>
        state with { Verification = [.. state.Verification.Select(run => run.JobId == jobId ? change(run) : run)] };

    private static SearchState StartSearching(SearchState state, Measurement baseline) => state with
    {
        Baseline = new BaselineResult(baseline.Accuracy, baseline.Checkpoint!),
        Phase = SearchPhase.Searching,
        EndReason = null,
    };

    /// <summary>A late success also takes back that the trial was set aside when its worker fell silent.</summary>
    private static Trial WithMeasurements(Trial trial, Job job) => trial with
    {
        Measurements = [.. trial.Measurements, .. job.Measurements],
        SetAside = null,
    };

    private static SearchState NoteFailure(SearchState state, Job job, JobFailure failure) => job.Purpose == JobPurpose.Search
        ? state.WithTrial(AddFailure(state.Trials.First(trial => trial.Id == job.TrialId), failure))
        : state;

    private static Trial AddFailure(Trial trial, JobFailure failure) => trial with { Failures = [.. trial.Failures, failure] };

    private static SearchState GiveUp(SearchState state, Job job, JobFailure failure)
    {
        string reason = job.Attempts == 1
            ? $"{failure.Kind}: {failure.Message}"
            : $"{failure.Kind} after {job.Attempts} tries: {failure.Message}";
        return job.Purpose switch
        {
            JobPurpose.Baseline => state with { Phase = SearchPhase.Failed, EndReason = $"The FP32 baseline failed. {reason}" },
            JobPurpose.Search => state.WithTrial(state.Trials.First(trial => trial.Id == job.TrialId) with { SetAside = reason }),
            _ => FinishVerification(state.WithRun(job.Id, run => run with { Failure = reason })),
        };
    }
}
