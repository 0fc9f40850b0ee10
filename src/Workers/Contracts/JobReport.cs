using System.Text.Json.Serialization;

namespace Bitcurve.Workers.Contracts;

/// <summary>One evaluation: the metric after <paramref name="Epochs"/> epochs.</summary>
/// <param name="Epochs">Epochs of (fine-tuning) training before the evaluation.</param>
/// <param name="Accuracy">The workload's metric, a fraction in [0,1] for accuracies.</param>
/// <param name="Checkpoint">Content hash of the stored state at this point, null where none was kept.</param>
public sealed record Measurement(int Epochs, double Accuracy, string? Checkpoint = null);

/// <summary>Why a job ended without its result. Expected failures are data, stored on the trial.</summary>
public enum FailureKind
{
    OutOfMemory,

    /// <summary>The loss or the metric became NaN or infinite.</summary>
    Diverged,
    Timeout,
    Crashed,
    Cancelled,
    LostWorker,
}

/// <param name="Kind">Decides whether the job is worth another try.</param>
/// <param name="Message">One line for the user.</param>
public sealed record JobFailure(FailureKind Kind, string Message);

/// <summary>A heartbeat's content: how far the job is, and what a successor could resume from.</summary>
/// <param name="EpochsDone">Epochs trained so far, counted like <see cref="JobOrder.EvaluateAt"/>.</param>
/// <param name="Checkpoint">Content hash of the newest stored state, null before the first.</param>
/// <param name="Measurements">All measurements of this job so far.</param>
/// <param name="TrainSeconds">Seconds spent training (not evaluating) by this lease so far.</param>
/// <param name="ImagesPerSecond">Images trained on in a second of the last epoch; null before there was one. For display, never journalled.</param>
/// <param name="Device">What the device says of itself; null where that is unknown. For display, never journalled.</param>
public sealed record JobProgress(
    int EpochsDone,
    string? Checkpoint,
    IReadOnlyList<Measurement> Measurements,
    double TrainSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ImagesPerSecond = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeviceReading? Device = null)
{
    /// <summary>What of it is part of the search: a reading differs from run to run, and a search must be the same to the byte.</summary>
    public JobProgress WithoutReadings() => ImagesPerSecond is null && Device is null ? this : this with { ImagesPerSecond = null, Device = null };
}

/// <summary>How busy a device is, as far as it can be told.</summary>
/// <param name="MemoryUsedBytes">Of a GPU all that is taken, of a processor the worker's resident memory.</param>
/// <param name="MemoryBytes">Size of the device's memory.</param>
/// <param name="Utilization">Share of the time in which the device computed, in [0,1]; of a processor the share of all cores.</param>
public sealed record DeviceReading(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MemoryUsedBytes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MemoryBytes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Utilization = null);

/// <summary>A job's end: either every ordered measurement, or a failure (with what was measured before it).</summary>
public sealed record JobReport
{
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    public JobFailure? Failure { get; init; }

    /// <summary>Seconds this lease spent training.</summary>
    public double TrainSeconds { get; init; }

    /// <summary>Epochs this lease trained (fewer than the order's when it resumed).</summary>
    public double TrainedEpochs { get; init; }

    /// <summary>Seconds this lease spent evaluating.</summary>
    public double EvaluationSeconds { get; init; }
}
