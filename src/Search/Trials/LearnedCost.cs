using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Trials;

/// <summary>The central 90 % of a distribution of seconds.</summary>
public readonly record struct SecondsInterval(double Low, double High)
{
    public bool Contains(double seconds) => seconds >= Low && seconds <= High;
}

/// <summary>
/// What fine-tuning of one workload takes on one kind of device, learned from its jobs. A regression through the origin with relative
/// errors: log(seconds / epochs) of a job of e epochs is normal around log(rate) with variance s^2 / e. The rate has a flat prior on its
/// logarithm, s^2 an inverse gamma one: conjugate, so everything known about the rate is a log-Student-t (Gelman et al. 2013,
/// sections 14.2 and 14.7). Pure; the same jobs give the same numbers.
/// </summary>
public sealed record LearnedCost
{
    /// <summary>
    /// Weight of the prior in jobs, and the relative spread of one epoch's time that it expects: enough for an interval from the second
    /// figure on, forgotten after some ten jobs.
    /// </summary>
    private const double PriorJobs = 2;
    private const double PriorRelativeSpread = 0.2;

    private const double LowerTail = 0.05;

    private readonly double degreesOfFreedom;
    private readonly double relativeSpread;

    private LearnedCost(double logRate, double epochs, double degreesOfFreedom, double relativeSpread)
    {
        SecondsPerEpoch = Math.Exp(logRate);
        Epochs = epochs;
        this.degreesOfFreedom = degreesOfFreedom;
        this.relativeSpread = relativeSpread;
    }

    public required string Workload { get; init; }

    public required string DeviceKind { get; init; }

    /// <summary>Jobs learned from, at least 1.</summary>
    public required int Jobs { get; init; }

    /// <summary>Epochs that these jobs trained, &gt; 0.</summary>
    public double Epochs { get; }

    /// <summary>The rate's posterior median, &gt; 0.</summary>
    public double SecondsPerEpoch { get; }

    /// <summary>90 % interval of the rate, seconds per epoch.</summary>
    public SecondsInterval RateInterval => Interval(1, 1 / Epochs);

    /// <summary>Seconds per evaluation on the validation split, null when none of the jobs evaluated there.</summary>
    public required double? SecondsPerEvaluation { get; init; }

    /// <summary>Evaluations that <see cref="SecondsPerEvaluation"/> is the mean of.</summary>
    public required int Evaluations { get; init; }

    /// <summary>90 % interval of the training time of one more job.</summary>
    /// <param name="epochs">Of that job, &gt; 0.</param>
    public SecondsInterval NextJob(double epochs) => epochs > 0 && double.IsFinite(epochs)
        ? Interval(epochs, (1 / Epochs) + (1 / epochs))
        : throw new ArgumentException($"Epochs of the next job: expected more than 0, actual {epochs}.", nameof(epochs));

    /// <summary>One per kind of device that trained anything, by name.</summary>
    public static IReadOnlyList<LearnedCost> PerDevice(SearchState state) =>
    [
        .. state.Jobs.Where(IsTimed).GroupBy(DeviceOf).OrderBy(jobs => jobs.Key, StringComparer.Ordinal)
            .Select(jobs => Of(state.Definition.Workload.Name, jobs.Key, [.. jobs])!),
    ];

    /// <summary>Null when none of the jobs <see cref="IsTimed"/>.</summary>
    /// <param name="workload">That all jobs train.</param>
    /// <param name="deviceKind">That all jobs ran on.</param>
    /// <param name="jobs">In any order.</param>
    public static LearnedCost? Of(string workload, string deviceKind, IReadOnlyList<Job> jobs)
    {
        Job[] timed = [.. jobs.Where(IsTimed)];
        if (timed.Length == 0)
        {
            return null;
        }

        double epochs = timed.Sum(job => job.TrainedEpochs);
        double logRate = timed.Sum(job => job.TrainedEpochs * LogRate(job)) / epochs;
        double residual = timed.Sum(job => job.TrainedEpochs * Math.Pow(LogRate(job) - logRate, 2));
        double degreesOfFreedom = DegreesOfFreedom(timed.Length);
        Job[] evaluated = [.. jobs.Where(job => job.Purpose == JobPurpose.Search && job.Measurements.Count > 0 && job.EvaluationSeconds > 0)];
        int evaluations = evaluated.Sum(job => job.Measurements.Count);
        return new LearnedCost(logRate, epochs, degreesOfFreedom, Spread(residual, degreesOfFreedom))
        {
            Workload = workload,
            DeviceKind = deviceKind,
            Jobs = timed.Length,
            Evaluations = evaluations,
            SecondsPerEvaluation = evaluations > 0 ? evaluated.Sum(job => job.EvaluationSeconds) / evaluations : null,
        };
    }

    /// <summary>
    /// Training time of each job as predicted by all others of its kind of device: the median and its 90 % interval, in the order of the jobs.
    /// O(J) for J jobs: what one job adds to the sums is taken out of them.
    /// </summary>
    /// <param name="timed">At least two that all are <see cref="IsTimed"/>.</param>
    internal static IReadOnlyList<(Job Job, double Seconds, SecondsInterval Interval)> EachFromOthers(IReadOnlyList<Job> timed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timed.Count, 2);
        double epochs = timed.Sum(job => job.TrainedEpochs);
        double centre = timed.Sum(job => job.TrainedEpochs * LogRate(job)) / epochs;
        double squares = timed.Sum(job => job.TrainedEpochs * Math.Pow(LogRate(job) - centre, 2));
        double degreesOfFreedom = DegreesOfFreedom(timed.Count - 1);
        double quantile = -StudentT.InvCDF(0, 1, degreesOfFreedom, LowerTail);
        return [.. timed.Select(job =>
        {
            double others = epochs - job.TrainedEpochs;
            double off = LogRate(job) - centre;
            double shift = -job.TrainedEpochs * off / others;
            double residual = Math.Max(0, squares - (job.TrainedEpochs * off * off) - (others * shift * shift));
            double seconds = job.TrainedEpochs * Math.Exp(centre + shift);
            double reach = quantile * Spread(residual, degreesOfFreedom) * Math.Sqrt((1 / others) + (1 / job.TrainedEpochs));
            return (job, seconds, new SecondsInterval(seconds * Math.Exp(-reach), seconds * Math.Exp(reach)));
        })];
    }

    /// <summary>Whether a job tells what an epoch takes: fine-tuning that took time. FP32 training costs another amount.</summary>
    public static bool IsTimed(Job job) => job.Purpose != JobPurpose.Baseline && job.TrainedEpochs > 0 && job.TrainSeconds > 0;

    /// <summary>The kind of device of a job's last report.</summary>
    public static string DeviceOf(Job job) => job.DeviceKind ?? "unknown";

    private static double DegreesOfFreedom(int jobs) => PriorJobs + jobs - 1;

    /// <summary>s, from the weighted sum of squared residuals.</summary>
    private static double Spread(double residual, double degreesOfFreedom) =>
        Math.Sqrt(((PriorJobs * PriorRelativeSpread * PriorRelativeSpread) + residual) / degreesOfFreedom);

    private static double LogRate(Job job) => Math.Log(job.TrainSeconds / job.TrainedEpochs);

    /// <param name="epochs">What the rate is multiplied by.</param>
    /// <param name="variance">Of the logarithm, in units of s^2.</param>
    private SecondsInterval Interval(double epochs, double variance)
    {
        double reach = -StudentT.InvCDF(0, relativeSpread * Math.Sqrt(variance), degreesOfFreedom, LowerTail);
        return new SecondsInterval(epochs * SecondsPerEpoch * Math.Exp(-reach), epochs * SecondsPerEpoch * Math.Exp(reach));
    }
}
