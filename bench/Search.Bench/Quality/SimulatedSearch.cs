using System.Diagnostics;
using Bitcurve.Search.Bench.Problems;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Quality;

/// <summary>
/// A whole search on the product's own state machine, with workers that answer from a problem. A job lasts its cost in epochs on a simulated
/// clock; a free worker asks at once, and again after every report.
/// </summary>
public sealed class SimulatedSearch
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromDays(10_000);

    private readonly QualityProblem problem;
    private readonly TimedStrategy strategy;
    private readonly Queue<WorkerRegistration> free;
    private readonly PriorityQueue<(WorkerRegistration Worker, JobOrder Order), (double Epochs, long Token)> running = new();
    private double now;

    private SimulatedSearch(QualityProblem problem, Variant variant, int workers, Budget budget, long seed)
    {
        this.problem = problem;
        var definition = new SearchDefinition
        {
            Id = "quality",
            Workload = problem.Workload,
            Space = problem.Space,
            Tasks = QualityProblem.Tasks,
            Budget = budget,
            Seed = seed,
            Selection = variant.For(problem),
            Choosing = variant.Choosing,
            Verification = new VerificationSettings { Groups = [] },
        };
        strategy = new TimedStrategy(StrategyCatalogue.Create(definition, problem.Candidates));
        free = new(Enumerable.Range(1, workers).Select(number => new WorkerRegistration($"worker-{number}", "simulated", [problem.Workload])));
        State = SearchState.Create(definition);
    }

    public SearchState State { get; private set; }

    /// <summary>Simulated time from the end of the baseline to the last report, epochs.</summary>
    public double WallEpochs => now;

    /// <summary>Time that the strategy took, really passed.</summary>
    public TimeSpan DecisionTime => strategy.Elapsed;

    /// <summary>Runs to the end of the budget.</summary>
    public static SimulatedSearch Run(QualityProblem problem, Variant variant, int workers, Budget budget, long seed)
    {
        var search = new SimulatedSearch(problem, variant, workers, budget, seed);
        search.LeaseAll();
        while (search.running.TryDequeue(out var finished, out var at))
        {
            search.now = at.Epochs;
            (search.State, _) = search.State.Report(finished.Order, search.Answer(finished.Order), search.Clock);
            search.free.Enqueue(finished.Worker);
            search.LeaseAll();
        }

        return search.State.HasEnded ? search : throw new InvalidOperationException($"{variant.Label} on {problem.Name}: expected the search to end, actual phase {search.State.Phase}");
    }

    private DateTimeOffset Clock => Start + TimeSpan.FromSeconds(now);

    private void LeaseAll()
    {
        while (free.TryPeek(out var worker))
        {
            (State, var outcome) = State.Lease(worker, Clock, LeaseDuration, strategy);
            if (outcome.Order is not { } order)
            {
                return;
            }

            running.Enqueue((free.Dequeue(), order), (now + State.JobById(order.JobId).CostEpochs, order.FencingToken));
        }
    }

    private JobReport Answer(JobOrder order) => new()
    {
        TrainedEpochs = order.EvaluateAt[^1] - order.StartEpochs,
        Measurements = order.Kind == JobKind.Baseline
            ? [new Measurement(order.EvaluateAt[^1], problem.BaselineAccuracy, "fp32")]
            : [.. order.EvaluateAt.Select(epochs => new Measurement(
                epochs, problem.Observe(new(order.Bits), epochs, order.Seed), $"{string.Concat(order.Bits)}-{epochs}"))],
    };

    private sealed class TimedStrategy(ISelectionStrategy inner) : ISelectionStrategy
    {
        public TimeSpan Elapsed { get; private set; }

        public SelectedJob? Next(SearchState state)
        {
            var started = Stopwatch.GetTimestamp();
            var next = inner.Next(state);
            Elapsed += Stopwatch.GetElapsedTime(started);
            return next;
        }
    }
}
