using System.Diagnostics.Metrics;
using System.Text.Json;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Telemetry;

/// <summary>What is counted as the journals of this process are written: never what was only asked for, and nothing twice.</summary>
internal static class JournalInstruments
{
    private const string Search = "search";
    private const string Purpose = "purpose";

    private static readonly Counter<long> Measurements =
        SearchTelemetry.Meter.CreateCounter<long>("bitcurve.measurements", "{measurement}", "Measured accuracies, by epochs of training.");

    private static readonly Counter<long> JobsEnded =
        SearchTelemetry.Meter.CreateCounter<long>("bitcurve.jobs.ended", "{job}", "Jobs that a worker had and has no more, by how that ended.");

    private static readonly Counter<long> JobFailures =
        SearchTelemetry.Meter.CreateCounter<long>("bitcurve.job.failures", "{failure}", "Tries of jobs that failed, by kind.");

    private static readonly Counter<long> LeaseExpiries =
        SearchTelemetry.Meter.CreateCounter<long>("bitcurve.lease.expiries", "{lease}", "Leases that ended because their worker was silent.");

    private static readonly Histogram<double> QueueWait =
        SearchTelemetry.Meter.CreateHistogram("bitcurve.job.queue.wait", "s", "Time that a job waited for a worker.", advice: Buckets.Wait);

    private static readonly Histogram<double> EpochDuration =
        SearchTelemetry.Meter.CreateHistogram("bitcurve.job.epoch.duration", "s", "Mean time of one epoch of a reported job.", advice: Buckets.Epoch);

    private static readonly Histogram<double> AppendDuration =
        SearchTelemetry.Meter.CreateHistogram("bitcurve.store.append.duration", "s", "Time to write events to the journal durably.", advice: Buckets.Store);

    // The values of labels, e.g. out_of_memory.
    private static readonly Dictionary<FailureKind, string> FailureNames = NamesOf<FailureKind>();
    private static readonly Dictionary<JobPurpose, string> PurposeNames = NamesOf<JobPurpose>();

    internal static void Appended(TimeSpan duration) => AppendDuration.Record(duration.TotalSeconds);

    internal static void Waited(Job job, TimeSpan wait) =>
        QueueWait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>(Purpose, PurposeNames[job.Purpose]));

    internal static void Record(in JournalStep step)
    {
        switch (step.Event)
        {
            case SearchEvent.Heartbeat beat:
                CountMeasurements(step, beat.JobId);
                break;
            case SearchEvent.Reported reported:
                CountMeasurements(step, reported.JobId);
                CountReport(step, reported);
                break;
            case SearchEvent.Released or SearchEvent.AllReleased:
                CountTakenBack(step, "released", isFailure: false);
                break;
            case SearchEvent.WorkerLost:
                CountTakenBack(step, "lost", isFailure: true);
                break;
            case SearchEvent.Expired:
                LeaseExpiries.Add(CountTakenBack(step, "expired", isFailure: true), SearchOf(step));
                break;
        }
    }

    private static void CountMeasurements(in JournalStep step, int jobId)
    {
        IReadOnlyList<Measurement> before = step.Before.JobById(jobId).Measurements;
        IReadOnlyList<Measurement> after = step.After.JobById(jobId).Measurements;
        if (after.Count == before.Count)
        {
            return;
        }

        foreach (int epochs in after.Select(measurement => measurement.Epochs).Except(before.Select(measurement => measurement.Epochs)))
        {
            Measurements.Add(1, SearchOf(step), new("epochs", epochs));
        }
    }

    private static void CountReport(in JournalStep step, SearchEvent.Reported reported)
    {
        (Job before, Job after) = (step.Before.JobById(reported.JobId), step.After.JobById(reported.JobId));
        bool failed = after.State != JobState.Succeeded;
        CountEnd(step, after, failed ? "failed" : "succeeded");
        if (failed)
        {
            // A failure that the report does not name is a measurement that is no number.
            CountFailure(step, reported.Report.Failure?.Kind ?? FailureKind.Diverged);
        }

        // Of a late report it is not known which device it comes from.
        if (reported.Report.TrainedEpochs > 0 && before.Lease?.Token == reported.Token)
        {
            EpochDuration.Record(
                reported.Report.TrainSeconds / reported.Report.TrainedEpochs,
                new KeyValuePair<string, object?>("workload", step.After.Definition.Workload.Name),
                new KeyValuePair<string, object?>("device", before.DeviceKind));
        }
    }

    /// <returns>Jobs whose lease the event ended, those with all results delivered excepted.</returns>
    private static int CountTakenBack(in JournalStep step, string outcome, bool isFailure)
    {
        int unfinished = 0;
        foreach (Job job in step.Before.PendingJobs.Where(job => job.Lease is not null))
        {
            Job after = step.After.JobById(job.Id);
            if (after.Lease is not null)
            {
                continue;
            }

            bool succeeded = after.State == JobState.Succeeded;
            CountEnd(step, job, succeeded ? "succeeded" : outcome);
            unfinished += succeeded ? 0 : 1;
            if (isFailure && !succeeded)
            {
                CountFailure(step, FailureKind.LostWorker);
            }
        }

        return unfinished;
    }

    private static void CountEnd(in JournalStep step, Job job, string outcome) =>
        JobsEnded.Add(1, SearchOf(step), new(Purpose, PurposeNames[job.Purpose]), new("outcome", outcome));

    private static void CountFailure(in JournalStep step, FailureKind kind) => JobFailures.Add(1, SearchOf(step), new("kind", FailureNames[kind]));

    private static KeyValuePair<string, object?> SearchOf(in JournalStep step) => new(Search, step.After.Definition.Id);

    private static Dictionary<T, string> NamesOf<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}"));
}
