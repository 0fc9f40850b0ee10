using Bitcurve.Search.Trials;
using MathNet.Numerics.Statistics;

namespace Bitcurve.Search.Report;

/// <summary>Learned costs with a check of each job against what the others say.</summary>
internal static class LearnedCosts
{
    public static IReadOnlyList<ReportedCost> Of(SearchState state) =>
        [.. LearnedCost.PerDevice(state).Select(cost => Describe(state, cost))];

    private static ReportedCost Describe(SearchState state, LearnedCost cost)
    {
        Job[] jobs = [.. state.Jobs.Where(job => LearnedCost.IsTimed(job) && LearnedCost.DeviceOf(job) == cost.DeviceKind)];
        ReportedJobCost[] checks = jobs.Length < 2 ? [] : [.. LearnedCost.EachFromOthers(jobs).Select(Check)];
        int target = state.Definition.TargetEpochs;
        SecondsInterval? next = target > 0 ? cost.NextJob(target) : null;
        return new ReportedCost(
            cost.DeviceKind,
            cost.Jobs,
            cost.Epochs,
            cost.SecondsPerEpoch,
            cost.RateInterval.Low,
            cost.RateInterval.High,
            target,
            next?.Low,
            next?.High,
            cost.SecondsPerEvaluation,
            cost.Evaluations,
            checks.Length == 0 ? null : checks.Select(check => Math.Abs(check.PredictedSeconds - check.MeasuredSeconds) / check.MeasuredSeconds).Median(),
            checks.Length == 0 ? null : checks.Average(check => check.MeasuredSeconds >= check.Low && check.MeasuredSeconds <= check.High ? 1.0 : 0.0),
            checks);
    }

    private static ReportedJobCost Check((Job Job, double Seconds, SecondsInterval Interval) predicted)
    {
        (Job job, double seconds, SecondsInterval interval) = predicted;
        return new ReportedJobCost(job.Id, job.TrialId, job.TrainedEpochs, seconds, interval.Low, interval.High, job.TrainSeconds);
    }
}
