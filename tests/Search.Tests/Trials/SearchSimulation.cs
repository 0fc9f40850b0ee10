using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Trials;

/// <summary>
/// A search under unreliable workers, from one seed: heartbeats come and go, workers crash, vanish and report late, the server restarts.
/// Checks after every event that the invariants hold and that no acknowledged step of training is ever ordered again.
/// </summary>
internal sealed class SearchSimulation(int seed, bool reloads)
{
    private const int MaximumWorkers = 4;

    private readonly Random random = new(seed);
    private readonly ISelectionStrategy strategy = new HashedStrategy();
    private readonly List<(JobOrder Order, int Reached)> running = [];
    private readonly List<JobOrder> vanished = [];
    private readonly HashSet<(string Bits, long Seed, int Step)> acknowledged = [];
    private DateTimeOffset now = Searches.Start;
    private SearchState state = SearchState.Create(Searches.Definition("50epochs") with { Seed = seed });

    public int Restarts { get; private set; }

    public int LateReportsTaken { get; private set; }

    public SearchState Run(int maximumEvents)
    {
        for (int step = 0; step < maximumEvents && !state.HasEnded; step++)
        {
            now = now.AddSeconds(random.Next(1, 10));
            Event();
            SearchInvariants.Check(state);
            Reload();
        }

        return state;
    }

    private void Event()
    {
        switch (random.Next(20))
        {
            case < 7: Lease(); break;
            case < 11: Heartbeat(); break;
            case < 15: Succeed(); break;
            case 15: Fail(); break;
            case 16: Vanish(); break;
            case 17: ReportLate(); break;
            case 18: now += Searches.Minute; state = state.ExpireLeases(now); break;
            default: Restart(); break;
        }
    }

    private void Lease()
    {
        if (running.Count == MaximumWorkers)
        {
            return;
        }

        (state, LeaseOutcome outcome) = state.Lease(Searches.Worker, now, Searches.Minute, strategy);
        if (outcome.Order is JobOrder order)
        {
            for (int epoch = order.StartEpochs + 1; epoch <= order.EvaluateAt[^1]; epoch++)
            {
                Assert.DoesNotContain((string.Concat(order.Bits), order.Seed, epoch), acknowledged);
            }

            running.Add((order, order.StartEpochs));
        }
    }

    private void Heartbeat()
    {
        if (TakeRunning() is not var (order, reached))
        {
            return;
        }

        int further = Math.Min(order.EvaluateAt[^1], reached + random.Next(0, 6));
        (state, HeartbeatAnswer answer) = state.Heartbeat(order, Searches.Reached(order, further), now, Searches.Minute);
        if (answer == HeartbeatAnswer.Continue)
        {
            Acknowledge(order, further);
            running.Add((order, further));
        }
    }

    private void Succeed()
    {
        if (TakeRunning() is var (order, _))
        {
            Report(order, Searches.Success(order));
        }
    }

    private void Fail()
    {
        if (TakeRunning() is var (order, _))
        {
            FailureKind kind = random.Next(4) == 0 ? FailureKind.Diverged : FailureKind.Crashed;

            // The baseline must survive, or there is nothing to simulate.
            Report(order, Searches.Failure(order.Kind == JobKind.Baseline ? FailureKind.Crashed : kind));
        }
    }

    private void Vanish()
    {
        if (TakeRunning() is var (order, _))
        {
            vanished.Add(order);
        }
    }

    private void ReportLate()
    {
        if (vanished.Count == 0)
        {
            return;
        }

        JobOrder order = vanished[random.Next(vanished.Count)];
        LateReportsTaken += Report(order, Searches.Success(order)) == ReportAnswer.Accepted ? 1 : 0;
        Assert.Equal(ReportAnswer.Dropped, Report(order, Searches.Success(order)));
    }

    /// <summary>The process dies and another one opens the stored state.</summary>
    private void Restart()
    {
        Restarts++;
        vanished.AddRange(running.Select(job => job.Order));
        running.Clear();
        state = state.ReleaseAll();
    }

    private void Reload()
    {
        if (reloads)
        {
            string json = SearchJson.Serialize(state);
            state = SearchJson.Deserialize(json);
            Assert.Equal(json, SearchJson.Serialize(state));
        }
    }

    private ReportAnswer Report(JobOrder order, JobReport report)
    {
        (state, ReportAnswer answer) = state.Report(order, report, now);
        if (answer == ReportAnswer.Accepted && report.Failure is null)
        {
            Acknowledge(order, order.EvaluateAt[^1]);
        }

        return answer;
    }

    private void Acknowledge(JobOrder order, int reached)
    {
        for (int epoch = order.StartEpochs + 1; epoch <= reached; epoch++)
        {
            acknowledged.Add((string.Concat(order.Bits), order.Seed, epoch));
        }
    }

    private (JobOrder Order, int Reached)? TakeRunning()
    {
        if (running.Count == 0)
        {
            return null;
        }

        int index = random.Next(running.Count);
        (JobOrder Order, int Reached) taken = running[index];
        running.RemoveAt(index);
        return taken;
    }
}
