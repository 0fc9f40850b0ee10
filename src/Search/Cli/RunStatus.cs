using Bitcurve.Search.Choosing;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Cli;

/// <summary>What a run is doing at one moment, gathered from the search and its worker: the facts that every view shows. Thread-safe to read.</summary>
internal sealed class RunStatus
{
    private readonly TimeProvider time;
    private readonly long started;
    private double trainedSeconds;
    private double trainedEpochs;
    private JobKind learnedKind = JobKind.Baseline;

    internal RunStatus(SearchState state, TimeProvider time) => (State, this.time, started) = (state, time, time.GetTimestamp());

    internal SearchState State { get; private set; }

    /// <summary>The job being carried out, null between jobs.</summary>
    internal JobOrder? Order { get; private set; }

    internal int Epochs { get; private set; }

    internal int Steps { get; private set; }

    internal int StepsPerEpoch { get; private set; }

    internal double? Loss { get; private set; }

    internal TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>The decision behind the running search job.</summary>
    internal Decision? Decision => Order is null ? null : State.Decisions.LastOrDefault(d => d.JobId == Order.JobId);

    internal Configuration? Best => State.ChosenConfiguration();

    internal MetricWords Metric => MetricWords.Of(State.Definition.Workload);

    internal string Phase => State.Phase switch
    {
        SearchPhase.Baseline => "training the FP32 baseline",
        SearchPhase.Searching => "searching",
        SearchPhase.Verifying => "verifying on the test split",
        SearchPhase.Completed => "done",
        _ => "failed",
    };

    internal string BudgetText => State.Definition.Budget switch
    {
        { Unit: BudgetUnit.Epochs } b => FormattableString.Invariant($"{State.Spent.Epochs:0.#} of {b.Amount:0.#} epochs"),
        { Unit: BudgetUnit.Jobs } b => FormattableString.Invariant($"{State.Spent.Jobs} of {b.Amount:0} jobs"),
        var b => FormattableString.Invariant($"{Clock(State.Spent.ActiveSeconds)} of {Clock(b.Amount)}"),
    };

    /// <summary>What the model expects to lose by stopping now, in words to append; empty without a model.</summary>
    internal string RegretText => State.Decisions.LastOrDefault()?.ExpectedRegret is { } regret
        ? $", expected regret {Metric.Difference(regret)}"
        : "";

    /// <summary>Verification jobs done and planned.</summary>
    internal (int Done, int Planned) Verification => (State.Verification.Count(v => v.Accuracy is not null || v.Failure is not null), State.Verification.Count);

    /// <summary>Rough time to the end of this phase, from the seconds per epoch so far; null before anything is known.</summary>
    internal TimeSpan? Left
    {
        get
        {
            if (trainedEpochs <= 0)
            {
                return null;
            }

            var epochs = State.Phase switch
            {
                SearchPhase.Baseline => State.Definition.Workload.BaselineEpochs - Epochs,
                SearchPhase.Searching => CostModel.RemainingEpochs(State) is var left && double.IsFinite(left) ? left : double.NaN,
                SearchPhase.Verifying => State.Jobs.Where(j => j.Purpose == JobPurpose.Verify && j.IsPending).Sum(j => j.EvaluateAt[^1] - j.StartEpochs) - (Order is null ? 0 : Epochs - Order.StartEpochs),
                _ => 0,
            };
            return double.IsNaN(epochs) ? null : TimeSpan.FromSeconds(Math.Max(0, epochs) * trainedSeconds / trainedEpochs);
        }
    }

    internal static string Clock(double seconds) => TimeSpan.FromSeconds(seconds) is { TotalHours: >= 1 } hours
        ? $"{(int)hours.TotalHours}:{hours.Minutes:00}:{hours.Seconds:00}"
        : $"{(int)seconds / 60}:{(int)seconds % 60:00}";

    internal static string Percent(double accuracy) => FormattableString.Invariant($"{100 * accuracy:0.0} %");

    /// <summary>The job in words: what is trained, how far.</summary>
    internal static string Describe(JobOrder order) => order switch
    {
        { Kind: JobKind.Baseline } => "FP32 baseline",
        { Bits.Count: 0, Harmonics.Count: 0 } => "FP32 on the test split",
        _ => $"{order.SchemeText()} to epoch {order.EvaluateAt[^1]}{(order.StartEpochs > 0 ? $" from {order.StartEpochs}" : "")}{(order.Split == EvaluationSplit.Test ? $", seed {order.Seed}" : "")}",
    };

    internal void Apply(SearchState state) => State = state;

    internal void Apply(WorkerEvent happened)
    {
        switch (happened)
        {
            case WorkerEvent.Started started:
                (Order, Epochs, Steps, Loss) = (started.Order, started.Order.StartEpochs, 0, null);
                break;
            case WorkerEvent.Stepped stepped:
                (Epochs, Steps, StepsPerEpoch) = (stepped.Epochs, stepped.Steps, stepped.StepsPerEpoch);
                break;
            case WorkerEvent.EpochFinished epoch:
                (Epochs, Steps, Loss) = (epoch.Epochs, 0, epoch.Loss);
                Learn(epoch);
                break;
            case WorkerEvent.Finished:
                Order = null;
                break;
        }
    }

    // The baseline's epochs are longer than fine-tuning's (more images, no quantisation): each phase learns its own.
    private void Learn(WorkerEvent.EpochFinished epoch)
    {
        if (epoch is { Order.Kind: JobKind.FineTune } && learnedKind == JobKind.Baseline)
        {
            (trainedSeconds, trainedEpochs) = (0, 0);
        }

        learnedKind = epoch.Order.Kind;
        trainedSeconds += epoch.Seconds;
        trainedEpochs++;
    }
}
