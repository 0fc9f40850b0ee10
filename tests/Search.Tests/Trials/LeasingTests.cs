using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class LeasingTests
{
    [Fact]
    public void Lease_NewSearch_TrainsTheBaselineFirst()
    {
        (SearchState state, JobOrder order) = SearchState.Create(Definition()).Granted(new ScriptedStrategy((4, 0)));

        Assert.Equal(JobKind.Baseline, order.Kind);
        Assert.Equal([40], order.EvaluateAt);
        Assert.Null(order.StartArtifact);
        Assert.Equal(EvaluationSplit.Validation, order.Split);
        Assert.Equal(LeaseAnswer.NothingNow, state.Lease(OtherWorker, Start, Minute, new ScriptedStrategy((4, 0))).Outcome.Answer);
    }

    [Fact]
    public void Lease_NewNetwork_StartsAtTheBaselineAndMeasuresEveryTaskOnTheWay()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 2)));

        Assert.Equal("-5-40", order.StartArtifact);
        Assert.Equal(0, order.StartEpochs);
        Assert.Equal([0, 1, 2], order.EvaluateAt);
        Assert.Equal(2 + 0.3 + 0.3, state.Spent.Epochs, 1e-12);
        Assert.Equal("Scripted.", Assert.Single(state.Decisions).Reason);
    }

    [Fact]
    public void Lease_KnownNetwork_GoesOnFromItsBestLowerCheckpoint()
    {
        var strategy = new ScriptedStrategy((4, 1), (4, 15));
        (SearchState state, JobOrder first) = Searching().Granted(strategy);
        (state, JobOrder second) = state.Succeeded(first).Granted(strategy);

        Assert.Equal("44444444-5-1", second.StartArtifact);
        Assert.Equal(1, second.StartEpochs);
        Assert.Equal([2, 15], second.EvaluateAt);
        Assert.Equal(1 + 0.3 + 0.2 + 14 + 0.3 + 0.2, state.Spent.Epochs, 1e-12);
        Assert.Equal([0, 1, 2, 15], state.Succeeded(second).Trials[0].Measurements.Select(measurement => measurement.Epochs));
    }

    [Theory]
    [InlineData(4, 1, "Selected 44444444 at 1 epochs: expected one that is open, actual measured up to 1 epochs.")]
    [InlineData(4, 3, "Selected task: expected one of 0,1,2,15, actual 3.")]
    public void Lease_StrategyAsksForWhatIsDone_Throws(int bits, int epochs, string message)
    {
        var strategy = new ScriptedStrategy((4, 1), (bits, epochs));
        (SearchState state, JobOrder order) = Searching().Granted(strategy);
        SearchState done = state.Succeeded(order);

        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => done.Lease(Worker, Start, Minute, strategy)).Message);
    }

    [Fact]
    public void Lease_StrategyAsksForWhatIsInFlight_Throws()
    {
        var strategy = new ScriptedStrategy((4, 1), (4, 15));
        (SearchState state, _) = Searching().Granted(strategy);

        Assert.False(state.IsSelectable(BitVector.Uniform(4, 8)));
        Assert.Equal(
            "Selected 44444444 at 15 epochs: expected one that is open, actual in flight.",
            Assert.Throws<InvalidOperationException>(() => state.Lease(OtherWorker, Start, Minute, strategy)).Message);
    }

    [Fact]
    public void Lease_StrategyAsksForMoreThanTheBudget_Throws() => Assert.StartsWith(
        "Selected 44444444 at 15 epochs: expected a cost within 15epochs, actual 15.7 epochs",
        Assert.Throws<InvalidOperationException>(
            () => Searching(Definition("15epochs")).Lease(Worker, Start, Minute, new ScriptedStrategy((4, 15)))).Message);

    [Fact]
    public void Lease_BudgetThatFitsExactly_IsUsedUp()
    {
        (SearchState state, JobOrder order) = Searching(Definition("15.7epochs")).Granted(new ScriptedStrategy((4, 15)));

        SearchState ended = state.Succeeded(order).RunToTheEnd(new ScriptedStrategy((4, 15), (3, 15)));

        Assert.Equal("The budget of 15.7epochs is spent.", ended.EndReason);
    }

    [Fact]
    public void Lease_BudgetOfJobs_CountsSearchJobsOnly()
    {
        SearchState ended = Searching(Definition("2jobs")).RunToTheEnd(new ScriptedStrategy((4, 0), (3, 0), (2, 0)));

        Assert.Equal(2, ended.Spent.Jobs);
        Assert.Equal(SearchPhase.Completed, ended.Phase);
    }

    [Fact]
    public void Lease_WallTime_CountsOnlyWhileTheProcessRuns()
    {
        var strategy = new ScriptedStrategy((4, 0), (3, 0), (2, 0));
        (SearchState state, JobOrder order) = Searching(Definition("100s")).Granted(strategy);
        state = state.Report(order, Success(order), Start.AddSeconds(60)).State;
        Assert.Equal(60, state.Spent.ActiveSeconds);

        // Stopped for a day: the next process starts where this one ended.
        (state, order) = state.ReleaseAll().Granted(strategy, now: Start.AddDays(1));
        Assert.Equal(60, state.Spent.ActiveSeconds);
        state = state.Report(order, Success(order), Start.AddDays(1).AddSeconds(41)).State;

        (state, LeaseOutcome outcome) = state.Lease(Worker, Start.AddDays(1).AddSeconds(41), Minute, strategy);
        Assert.Equal(SearchPhase.Verifying, state.Phase);
        Assert.Equal("The budget of 100s is spent.", state.EndReason);
        Assert.Equal(EvaluationSplit.Test, outcome.Order!.Split);
    }

    [Fact]
    public void Lease_StrategyHasNothingWhileAJobRuns_WaitsForIt()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 0)));

        (SearchState asked, LeaseOutcome outcome) = state.Lease(OtherWorker, Start.AddSeconds(1), Minute, new ScriptedStrategy());

        Assert.Equal(LeaseAnswer.NothingNow, outcome.Answer);
        Assert.Same(state, asked); // A question that changes nothing must not look like a change.
        Assert.Equal(SearchPhase.Verifying, state.Succeeded(order).Granted(new ScriptedStrategy()).State.Phase);
    }

    [Fact]
    public void Lease_WorkerOfAnotherWorkload_SaysExpectedAndActual()
    {
        SearchState state = SearchState.Create(Definition());
        WorkloadDescription workload = state.Definition.Workload;
        var stranger = new WorkerRegistration("w", "cpu", [workload with { ContentHash = "other" }]);

        Assert.StartsWith(
            $"Worker w: expected workload vgg8/shapes32 with hash {workload.ContentHash}, actual hash other.",
            Assert.Throws<ArgumentException>(() => state.Lease(stranger, Start, Minute, new ScriptedStrategy())).Message);
    }

    [Fact]
    public void Expire_SilentWorker_GivesTheJobToAnotherWithWhatIsDone()
    {
        (SearchState state, JobOrder first) = Searching().Granted(new ScriptedStrategy((4, 15)));
        (state, HeartbeatAnswer answer) = state.Heartbeat(first, Reached(first, 7), Start, Minute);
        Assert.Equal(HeartbeatAnswer.Continue, answer);

        (state, JobOrder second) = state.Granted(new ScriptedStrategy(), OtherWorker, Start.AddMinutes(2));

        Assert.Equal(first.JobId, second.JobId);
        Assert.True(second.FencingToken > first.FencingToken);
        Assert.Equal("44444444-5-7", second.StartArtifact);
        Assert.Equal(7, second.StartEpochs);
        Assert.Equal([15], second.EvaluateAt);
        Assert.Equal(HeartbeatAnswer.Stop, state.Heartbeat(first, Reached(first, 8), Start.AddMinutes(2), Minute).Answer);
        Assert.Equal([0, 1, 2, 15], state.Succeeded(second).Trials[0].Measurements.Select(measurement => measurement.Epochs));
    }

    [Fact]
    public void Heartbeat_WithinTheLease_ExtendsIt()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 15)));
        state = state.Heartbeat(order, Reached(order, 1), Start.AddSeconds(50), Minute).State;

        Assert.Equal(Start.AddSeconds(110), state.NextExpiry());
        Assert.Equal(JobState.Leased, state.ExpireLeases(Start.AddSeconds(100)).JobById(order.JobId).State);
        Assert.Equal(JobState.Queued, state.ExpireLeases(Start.AddSeconds(110)).JobById(order.JobId).State);
    }

    [Fact]
    public void Heartbeat_CheckpointPastAMissingMeasurement_IsNotResumedFrom()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 15)));
        state = state.Heartbeat(order, new JobProgress(7, "seven", [Measure(order, 0)], 1), Start, Minute).State;

        (_, JobOrder again) = state.ReleaseAll().Granted(new ScriptedStrategy());

        Assert.Equal("-5-40", again.StartArtifact);
        Assert.Equal([1, 2, 15], again.EvaluateAt);
    }

    [Fact]
    public void Expire_EverythingMeasuredBeforeTheWorkerDied_CountsAsSuccess()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 2)));
        state = state.Heartbeat(order, Reached(order, 2), Start, Minute).State.ExpireLeases(Start.AddMinutes(1));

        Assert.Equal(JobState.Succeeded, state.JobById(order.JobId).State);
        Assert.Equal(2, state.Trials[0].MeasuredEpochs);
    }

    [Fact]
    public void ReleaseAll_AnyNumberOfTimes_CostsNoTry()
    {
        SearchState state = SearchState.Create(Definition());
        for (int restart = 0; restart < 10; restart++)
        {
            state = state.Granted(new ScriptedStrategy()).State.ReleaseAll();
        }

        Assert.Equal(SearchPhase.Baseline, state.Phase);
        Assert.Equal(0, state.Jobs[0].Attempts);
    }
}
