using System.Collections.Concurrent;
using System.Diagnostics;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Load;

/// <summary>What simulated workers saw. Thread-safe.</summary>
internal sealed class LoadFigures
{
    private readonly ConcurrentQueue<double> leases = [];
    private readonly ConcurrentQueue<double> heartbeats = [];
    private readonly ConcurrentQueue<double> reports = [];
    private int dropped;

    internal int Results => reports.Count;

    internal int Dropped => dropped;

    internal void Leased(long asked) => leases.Enqueue(Milliseconds(asked));

    internal void Beaten(long sent) => heartbeats.Enqueue(Milliseconds(sent));

    internal void Reported(long sent, ReportAnswer answer)
    {
        reports.Enqueue(Milliseconds(sent));
        if (answer == ReportAnswer.Dropped)
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Median and 95th percentile of what a request took, milliseconds.</summary>
    internal (double Median, double P95) Lease() => Quantiles.Of(leases);

    internal (double Median, double P95) Heartbeat() => Quantiles.Of(heartbeats);

    internal (double Median, double P95) Report() => Quantiles.Of(reports);

    private static double Milliseconds(long since) => Stopwatch.GetElapsedTime(since).TotalMilliseconds;
}
