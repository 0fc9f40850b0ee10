using System.Text.Json.Serialization;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Report;

/// <summary>
/// The whole outcome of a search as one document: what <c>report.json</c> holds and what the page and the table are made from. Accuracies
/// are the workload's metric as measured, fractions in [0,1] unless <see cref="MetricIsFraction"/> says otherwise; those of the search come from the validation split, those named test from the test split.
/// </summary>
public sealed record SearchReport
{
    public const string CurrentSchema = "bitcurve-report/1";

    public string Schema { get; init; } = CurrentSchema;

    public required string SearchId { get; init; }

    /// <summary>Network and data, e.g. <c>vgg8/shapes32</c>.</summary>
    public required string Workload { get; init; }

    public required string WorkloadHash { get; init; }

    public required string Metric { get; init; }

    /// <summary>Which end of the metric's range is the good one; left out of the JSON where it is to be maximised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MetricGoal MetricGoal { get; init; }

    /// <summary>False for a metric that may be any finite number, told as it is; null for a fraction in [0,1], told in per cent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MetricIsFraction { get; init; }

    /// <summary>The metric as people read it.</summary>
    [JsonIgnore]
    public MetricWords Words => new(Metric, MetricGoal, MetricIsFraction ?? true);

    public required long Seed { get; init; }

    public required ReportedBaseline Baseline { get; init; }

    public required IReadOnlyList<ReportedLayer> Layers { get; init; }

    /// <summary>Curve family and dimension, e.g. <c>bezier:2</c>; of harmonics <c>harmonics:bezier:2</c>.</summary>
    public required string Space { get; init; }

    /// <summary>What the levels called bits here are; left out of the JSON where they are bit-widths.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CurveSubject Subject { get; init; }

    /// <summary>Fidelities in epochs, ascending; the last is the target.</summary>
    public required IReadOnlyList<int> Tasks { get; init; }

    public required string Budget { get; init; }

    public required Spending Spent { get; init; }

    public required SearchPhase Phase { get; init; }

    public required string? EndReason { get; init; }

    public required IReadOnlyList<ReportedTrial> Trials { get; init; }

    /// <summary>Only what the state holds: two searches with one seed and one worker give the same bytes here.</summary>
    public required IReadOnlyList<ReportedDecision> Decisions { get; init; }

    public required IReadOnlyList<ReportedUniform> Uniform { get; init; }

    /// <summary>Measured front of accuracy against memory at the highest fidelity reached, ascending in memory, better step by step.</summary>
    public required IReadOnlyList<ReportedFrontMember> Pareto { get; init; }

    /// <summary>Front of the model's means over every candidate it was asked about, in the same order.</summary>
    public required IReadOnlyList<ReportedPrediction> PredictedFront { get; init; }

    public required ReportedChoice? Chosen { get; init; }

    public required IReadOnlyList<ReportedVerification> Verified { get; init; }

    public required ReportedFrontCheck FrontHolds { get; init; }

    /// <summary>Null when the search had no model.</summary>
    public ReportedCalibration? Calibration { get; init; }

    /// <summary>One per kind of device that fine-tuned anything.</summary>
    public IReadOnlyList<ReportedCost> Costs { get; init; } = [];

    public required ReportedTimings Timings { get; init; }

    /// <summary>Levels as people read them.</summary>
    public string TextOf(BitVector levels) => LevelText.Of(Subject, levels);

    /// <summary>The measurements of the trial of these bits, null when the search never ran it.</summary>
    public ReportedTrial? TrialOf(BitVector bits) => Trials.FirstOrDefault(trial => trial.Bits == bits);

    /// <summary>The test results of these bits; the empty vector asks for FP32.</summary>
    public ReportedVerification? VerificationOf(BitVector bits) => Verified.FirstOrDefault(verified => verified.Bits == bits);
}
