using System.Text.Json.Serialization;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Report;

/// <param name="Accuracy">FP32 on the validation split, null before the baseline is trained.</param>
/// <param name="TestAccuracy">FP32 on the test split, null unless verified.</param>
/// <param name="Epochs">Epochs of the FP32 training.</param>
/// <param name="MemoryBytes">The quantised layers' weights at 32 bits each, bytes.</param>
public sealed record ReportedBaseline(double? Accuracy, double? TestAccuracy, int Epochs, long MemoryBytes);

/// <summary>One quantised layer: shape out-channels, in-channels per group, kernel; multiply-accumulates for one sample.</summary>
public sealed record ReportedLayer(string Name, IReadOnlyList<int> WeightShape, long Weights, long Macs)
{
    /// <summary>Whether the search leaves it in FP32, with no entry among the levels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSkipped { get; init; }

    /// <summary>Name of the earlier layer whose levels it takes; null for levels of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SharesWith { get; init; }
}

/// <summary>Validation accuracy after so many epochs of fine-tuning.</summary>
public sealed record ReportedMeasurement(int Epochs, double Accuracy);

/// <summary>One network that the search ran.</summary>
/// <param name="Id">Counts from 1.</param>
/// <param name="Bits">Levels per layer: bit-widths unless <see cref="SearchReport.Subject"/> says otherwise.</param>
/// <param name="W">Curve parameters.</param>
/// <param name="MemoryBytes">DSConv weights with their block multipliers, bytes.</param>
/// <param name="DsconvBits">The same in bits, not rounded up.</param>
/// <param name="BitOperations">sum(MACs x bits x bits) for one sample.</param>
/// <param name="EffectiveAccuracy">Of the highest fidelity measured, null before the first measurement.</param>
/// <param name="Measurements">Ascending epochs.</param>
/// <param name="SetAside">Why the search gave it up, null when it did not.</param>
/// <param name="Failures">Every failed try, also of jobs that succeeded later.</param>
/// <param name="Estimate">The model's estimate at the target, null without one.</param>
public sealed record ReportedTrial(
    int Id,
    BitVector Bits,
    IReadOnlyList<double> W,
    long MemoryBytes,
    long DsconvBits,
    long BitOperations,
    double? EffectiveAccuracy,
    IReadOnlyList<ReportedMeasurement> Measurements,
    string? SetAside,
    IReadOnlyList<JobFailure> Failures,
    Estimate? Estimate);

/// <summary>
/// Why the search ran what it ran: information in nats, marginal cost in epochs, and what scored lower; the regret is what the model expected
/// to lose, in effective accuracy, by stopping there.
/// </summary>
public sealed record ReportedDecision(
    int Id,
    int Trial,
    BitVector Bits,
    int Epochs,
    double GainNats,
    double CostEpochs,
    double Score,
    string Reason,
    IReadOnlyList<RunnerUp> RunnersUp,
    double? PosteriorMean,
    double? PosteriorDeviation,
    double? ExpectedRegret = null);

/// <param name="CreatedAt">When the report was made.</param>
/// <param name="ProductVersion">Of the program that made it.</param>
/// <param name="DeviceKind">What trained.</param>
/// <param name="Threads">Of the tensor library, null when workers on other machines trained.</param>
/// <param name="TotalSeconds">Wall time of the run.</param>
/// <param name="TrainSeconds">Training, all jobs together.</param>
/// <param name="EvaluationSeconds">Evaluating, all jobs together.</param>
/// <param name="FitAndChooseSeconds">Fitting the model and choosing what to run, null where nobody took the time.</param>
/// <param name="FitShareOfTraining">The latter over training, null without either.</param>
public sealed record ReportedTimings(
    DateTimeOffset CreatedAt,
    string ProductVersion,
    string DeviceKind,
    int? Threads,
    double TotalSeconds,
    double TrainSeconds,
    double EvaluationSeconds,
    double? FitAndChooseSeconds,
    double? FitShareOfTraining);
