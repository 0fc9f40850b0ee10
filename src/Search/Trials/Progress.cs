using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>Keeps what a job has achieved, so that no successor repeats it.</summary>
internal static class Progress
{
    /// <summary>Adds a heartbeat's measurements and moves the resume point forward.</summary>
    public static Job Keep(Job job, JobProgress progress)
    {
        Job measured = Merge(job, progress.Measurements) with { EpochsDone = progress.EpochsDone };
        if (progress.Checkpoint is not string checkpoint)
        {
            return measured;
        }

        // A worker that keeps only states it measured names such a state again while it trains on.
        Measurement? stored = progress.Measurements.LastOrDefault(measurement => measurement.Checkpoint == checkpoint);
        return ResumeFrom(measured, checkpoint, stored?.Epochs ?? progress.EpochsDone);
    }

    /// <summary>
    /// Adds measurements that the job ordered and lacks; the first one of an epoch stays. Values that are not finite are no measurements.
    /// </summary>
    public static Job Merge(Job job, IReadOnlyList<Measurement> measurements)
    {
        foreach (Measurement measurement in measurements.OrderBy(measurement => measurement.Epochs))
        {
            // The baseline's measurement is worth nothing without the weights.
            bool isComplete = job.Purpose != JobPurpose.Baseline || measurement.Checkpoint is not null;
            if (isComplete && double.IsFinite(measurement.Accuracy) && job.RemainingEvaluations.Contains(measurement.Epochs))
            {
                job = job with { Measurements = [.. job.Measurements.Append(measurement).OrderBy(known => known.Epochs)] };
                job = measurement.Checkpoint is string checkpoint ? ResumeFrom(job, checkpoint, measurement.Epochs) : job;
            }
        }

        return job;
    }

    /// <summary>Moves the resume point only forward, and never past an epoch that is still to be measured.</summary>
    private static Job ResumeFrom(Job job, string checkpoint, int epochs)
    {
        int known = job.ResumeArtifact is null ? job.StartEpochs : job.ResumeEpochs;
        bool skipsEvaluation = job.RemainingEvaluations.Any(evaluation => evaluation < epochs);
        return epochs <= known || epochs > job.EvaluateAt[^1] || skipsEvaluation
            ? job
            : job with { ResumeArtifact = checkpoint, ResumeEpochs = epochs };
    }
}
