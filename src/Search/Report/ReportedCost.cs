namespace Bitcurve.Search.Report;

/// <summary>What fine-tuning takes on one kind of device, learned from the jobs of the search and checked on each of them.</summary>
/// <param name="DeviceKind">What trained.</param>
/// <param name="Jobs">Fine-tuning jobs, of the search and of verification.</param>
/// <param name="Epochs">Epochs that they trained.</param>
/// <param name="SecondsPerEpoch">Median of what is known about the rate.</param>
/// <param name="SecondsPerEpochLow">Lower end of the rate's 90 % interval.</param>
/// <param name="SecondsPerEpochHigh">Upper end.</param>
/// <param name="TargetEpochs">Length of a job up to the target, epochs.</param>
/// <param name="NextTargetJobLow">Lower end of the 90 % interval of the seconds that one more such job takes.</param>
/// <param name="NextTargetJobHigh">Upper end.</param>
/// <param name="SecondsPerEvaluation">On the validation split, null when nothing was evaluated there.</param>
/// <param name="Evaluations">Evaluations that it is the mean of.</param>
/// <param name="MedianAbsoluteError">Of predicting each job from the others, a fraction of what was measured; null for one job.</param>
/// <param name="Coverage90">Fraction in [0,1] of jobs inside the 90 % interval predicted from the others; null for one job.</param>
/// <param name="Checks">One per job, in the order of the jobs; empty for one job.</param>
public sealed record ReportedCost(
    string DeviceKind,
    int Jobs,
    double Epochs,
    double SecondsPerEpoch,
    double SecondsPerEpochLow,
    double SecondsPerEpochHigh,
    int TargetEpochs,
    double? NextTargetJobLow,
    double? NextTargetJobHigh,
    double? SecondsPerEvaluation,
    int Evaluations,
    double? MedianAbsoluteError,
    double? Coverage90,
    IReadOnlyList<ReportedJobCost> Checks);

/// <summary>A job's training time as predicted from all other jobs of its kind of device, next to what it took.</summary>
/// <param name="Job">Id.</param>
/// <param name="Trial">Of a search job, null for verification.</param>
/// <param name="Epochs">Epochs that it trained.</param>
/// <param name="PredictedSeconds">Median of the prediction.</param>
/// <param name="Low">Lower end of the prediction's 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="MeasuredSeconds">What it took.</param>
public sealed record ReportedJobCost(int Job, int? Trial, double Epochs, double PredictedSeconds, double Low, double High, double MeasuredSeconds);
