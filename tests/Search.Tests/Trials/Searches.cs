using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Trials;

/// <summary>Definitions, orders and reports that the tests of a search share.</summary>
internal static class Searches
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static readonly WorkerRegistration Worker = new("worker-1", "cpu", [Vgg8.Workload]);

    public static readonly WorkerRegistration OtherWorker = new("worker-2", "cpu", [Vgg8.Workload]);

    public static SearchDefinition Definition(string budget = "60epochs") => new()
    {
        Id = "search",
        Workload = Vgg8.Workload,
        Space = CurveSpace.Parse("bezier:2", 8),
        Tasks = [0, 1, 2, 15],
        Budget = Budget.Parse(budget),
        Seed = 5,
    };

    /// <summary>A search whose baseline is done.</summary>
    public static SearchState Searching(SearchDefinition? definition = null)
    {
        (SearchState state, JobOrder order) = SearchState.Create(definition ?? Definition()).Granted(new ScriptedStrategy());
        return state.Succeeded(order);
    }

    /// <summary>Leases a job and checks that there was one.</summary>
    public static (SearchState State, JobOrder Order) Granted(
        this SearchState state, ISelectionStrategy strategy, WorkerRegistration? worker = null, DateTimeOffset? now = null)
    {
        (SearchState next, LeaseOutcome outcome) = state.Lease(worker ?? Worker, now ?? Start, Minute, strategy);
        SearchInvariants.Check(next);
        Assert.Equal(LeaseAnswer.Granted, outcome.Answer);
        return (next, outcome.Order!);
    }

    public static SearchState Succeeded(this SearchState state, JobOrder order)
    {
        (SearchState next, ReportAnswer answer) = state.Report(order, Success(order), Start);
        SearchInvariants.Check(next);
        Assert.Equal(ReportAnswer.Accepted, answer);
        return next;
    }

    public static SearchState Failed(this SearchState state, JobOrder order, FailureKind kind)
    {
        (SearchState next, ReportAnswer answer) = state.Report(order, Failure(kind), Start);
        SearchInvariants.Check(next);
        Assert.Equal(ReportAnswer.Accepted, answer);
        return next;
    }

    /// <summary>Works through everything that is left, one job after the other.</summary>
    public static SearchState RunToTheEnd(this SearchState state, ISelectionStrategy strategy, ICollection<JobOrder>? orders = null, WorkerRegistration? worker = null)
    {
        for (int step = 0; step < 1000; step++)
        {
            (SearchState next, LeaseOutcome outcome) = state.Lease(worker ?? Worker, Start, Minute, strategy);
            SearchInvariants.Check(next);
            state = next;
            if (outcome.Order is not JobOrder order)
            {
                Assert.Equal(LeaseAnswer.Ended, outcome.Answer);
                return state;
            }

            orders?.Add(order);
            state = state.Succeeded(order);
        }

        throw new InvalidOperationException("The search did not end within 1000 jobs.");
    }

    public static JobReport Success(JobOrder order) => new()
    {
        Measurements = [.. order.EvaluateAt.Select(epochs => Measure(order, epochs))],
        TrainSeconds = 10,
        TrainedEpochs = order.EvaluateAt[^1] - order.StartEpochs,
    };

    public static JobReport Failure(FailureKind kind) =>
        new() { Measurements = [], Failure = new JobFailure(kind, "It happened."), TrainSeconds = 1 };

    /// <summary>More bits and more epochs are better, and every result is a function of what was ordered alone.</summary>
    public static Measurement Measure(JobOrder order, int epochs)
    {
        double bits = order.Bits.Count == 0 ? 8 : order.Bits.Average();
        double accuracy = 0.95 - (0.5 / Math.Pow(2, bits)) - (0.1 / (1 + epochs));
        return new Measurement(epochs, accuracy, $"{string.Concat(order.Bits)}-{order.Seed}-{epochs}");
    }

    public static JobProgress Reached(JobOrder order, int epochs) => new(
        epochs,
        $"{string.Concat(order.Bits)}-{order.Seed}-{epochs}",
        [.. order.EvaluateAt.Where(evaluation => evaluation <= epochs).Select(evaluation => Measure(order, evaluation))],
        TrainSeconds: 1);
}
