using System.Collections;

namespace Bitcurve.Search.Trials;

/// <summary>
/// The jobs of one state in the order of their ids. Nearly all questions about jobs concern the pending ones, which are few and late in the
/// list, so it knows where they begin: a search of ten thousand jobs answers as fast as a young one. Immutable.
/// </summary>
internal sealed class JobList : IReadOnlyList<Job>
{
    private readonly Job[] jobs;
    private readonly int firstPending;

    private JobList(Job[] jobs, int firstPending)
    {
        this.jobs = jobs;
        while (firstPending < jobs.Length && !jobs[firstPending].IsPending)
        {
            firstPending++;
        }

        this.firstPending = firstPending;
    }

    public int Count => jobs.Length;

    public Job this[int index] => jobs[index];

    /// <summary>Queued and leased jobs, the oldest first.</summary>
    internal IEnumerable<Job> Pending
    {
        get
        {
            for (int place = firstPending; place < jobs.Length; place++)
            {
                if (jobs[place].IsPending)
                {
                    yield return jobs[place];
                }
            }
        }
    }

    internal static JobList Of(IReadOnlyList<Job> jobs) => jobs as JobList ?? new JobList([.. jobs], 0);

    /// <summary>The same with another job at a place.</summary>
    internal JobList With(int place, Job job)
    {
        var copy = (Job[])jobs.Clone();
        copy[place] = job;
        return new JobList(copy, Math.Min(firstPending, place));
    }

    public IEnumerator<Job> GetEnumerator() => ((IEnumerable<Job>)jobs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => jobs.GetEnumerator();
}
