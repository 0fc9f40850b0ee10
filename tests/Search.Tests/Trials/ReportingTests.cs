using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class ReportingTests
{
    [Fact]
    public void Report_Repeated_ChangesNothing()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 1)));
        SearchState once = state.Succeeded(order);

        (SearchState twice, ReportAnswer answer) = once.Report(order, Success(order), Start.AddHours(1));

        Assert.Equal(ReportAnswer.Dropped, answer);
        Assert.Same(once, twice);
    }

    [Fact]
    public void Report_LateButStillMissing_IsTaken()
    {
        (SearchState state, JobOrder late) = Searching().Granted(new ScriptedStrategy((4, 1)));
        (state, JobOrder second) = state.Granted(new ScriptedStrategy(), OtherWorker, Start.AddMinutes(2));

        state = state.Succeeded(late);

        Assert.Equal(1, state.Trials[0].MeasuredEpochs);
        Assert.Equal(HeartbeatAnswer.Stop, state.Heartbeat(second, Reached(second, 0), Start, Minute).Answer);
        Assert.Equal(ReportAnswer.Dropped, state.Report(second, Success(second), Start).Answer);
    }

    [Fact]
    public void Report_TokenThatThisJobNeverHad_IsDropped()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 1)));

        Assert.Equal(ReportAnswer.Dropped, state.Report(order with { FencingToken = 99 }, Success(order), Start).Answer);
        Assert.Equal(ReportAnswer.Dropped, state.Report(order with { FencingToken = 1 }, Success(order), Start).Answer);
    }

    [Fact]
    public void Report_LateFailure_IsDropped()
    {
        (SearchState state, JobOrder late) = Searching().Granted(new ScriptedStrategy((4, 1)));
        state = state.ExpireLeases(Start.AddMinutes(1));

        Assert.Equal(ReportAnswer.Dropped, state.Report(late, Failure(FailureKind.Diverged), Start).Answer);
    }

    [Fact]
    public void Report_LateSuccessOfATrialGivenUpForLost_BringsItBack()
    {
        SearchState state = Searching();
        JobOrder last = null!;
        var strategy = new ScriptedStrategy((4, 1));
        for (int attempt = 0; attempt < 3; attempt++)
        {
            (state, last) = state.Granted(strategy);
            state = state.ExpireLeases(Start.AddMinutes(1));
        }

        Assert.StartsWith("LostWorker after 3 tries: Worker worker-1 sent no heartbeat", state.Trials[0].SetAside);
        state = state.Succeeded(last);
        Assert.Null(state.Trials[0].SetAside);
        Assert.Equal(3, state.Trials[0].Failures.Count);
    }

    [Theory]
    [InlineData(FailureKind.Crashed, 3)]
    [InlineData(FailureKind.Timeout, 3)]
    [InlineData(FailureKind.LostWorker, 3)]
    [InlineData(FailureKind.OutOfMemory, 1)]
    [InlineData(FailureKind.Diverged, 1)]
    [InlineData(FailureKind.Cancelled, 1)]
    public void Report_Failures_AreTriedAgainOnlyWhereTheCauseMayPass(FailureKind kind, int tries)
    {
        SearchState state = Searching();
        var strategy = new ScriptedStrategy((4, 1));
        for (int attempt = 1; attempt <= tries; attempt++)
        {
            Assert.True(state.Trials.All(trial => trial.SetAside is null));
            (state, JobOrder order) = state.Granted(strategy, now: Start + (attempt * Minute));
            (state, _) = state.Report(order, Failure(kind), Start + (attempt * Minute));
            SearchInvariants.Check(state);
        }

        Assert.StartsWith($"{kind}", state.Trials[0].SetAside);
        Assert.False(state.IsSelectable(BitVector.Uniform(4, 8)));
        Assert.Empty(state.Trials[0].Measurements);
        Assert.Empty(state.MeasuredConfigurations());
        var again = new ScriptedStrategy((4, 1), (4, 15));
        var problem = Assert.Throws<InvalidOperationException>(() => state.Lease(Worker, Start, Minute, again));
        Assert.Contains("actual set aside", problem.Message);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 20)]
    public void Report_Crash_WaitsLongerBeforeEachNextTry(int tries, int seconds)
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 1)));
        DateTimeOffset now = Start;
        for (int attempt = 1; attempt <= tries; attempt++)
        {
            now += Minute;
            (state, _) = state.Report(order, Failure(FailureKind.Crashed), now);
            if (attempt < tries)
            {
                (state, order) = state.Granted(new ScriptedStrategy(), now: now + Minute);
                now += Minute;
            }
        }

        DateTimeOffset due = now.AddSeconds(seconds);
        Assert.Equal(due, state.NextDue());
        Assert.Equal(LeaseAnswer.NothingNow, state.Lease(Worker, due.AddSeconds(-1), Minute, new ScriptedStrategy()).Outcome.Answer);
        Assert.Equal(LeaseAnswer.Granted, state.Lease(Worker, due, Minute, new ScriptedStrategy()).Outcome.Answer);
    }

    [Fact]
    public void Report_RepeatedFailure_CountsOnce()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 1)));
        SearchState once = state.Failed(order, FailureKind.Crashed);

        Assert.Equal(ReportAnswer.Dropped, once.Report(order, Failure(FailureKind.Crashed), Start).Answer);
    }

    [Fact]
    public void Report_CrashAfterAMeasurement_ResumesFromIt()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 15)));
        JobReport crash = Failure(FailureKind.Crashed) with { Measurements = [Measure(order, 0), Measure(order, 1)] };

        (_, JobOrder again) = state.Report(order, crash, Start).State.Granted(new ScriptedStrategy(), now: Start + Minute);

        Assert.Equal("44444444-5-1", again.StartArtifact);
        Assert.Equal([2, 15], again.EvaluateAt);
    }

    [Fact]
    public void Report_CrashAfterTheLastMeasurement_IsSuccess()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 1)));
        state = state.Heartbeat(order, Reached(order, 1), Start, Minute).State.Failed(order, FailureKind.Crashed);

        Assert.Equal(JobState.Succeeded, state.JobById(order.JobId).State);
        Assert.Equal(1, state.Trials[0].MeasuredEpochs);
    }

    [Fact]
    public void Report_MetricThatIsNoNumber_IsDivergence()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 0)));
        var report = new JobReport { Measurements = [new Measurement(0, double.NaN)] };

        Assert.Equal("Diverged: The metric at 0 epochs is NaN.", state.Report(order, report, Start).State.Trials[0].SetAside);
    }

    [Fact]
    public void Report_MissingMeasurement_SaysExpectedAndActual()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 2)));
        var report = new JobReport { Measurements = [Measure(order, 0), Measure(order, 2)] };

        Assert.Equal(
            "Report of job 2: expected measurements at epochs 0,1,2, actual '0,2'.",
            Assert.Throws<ArgumentException>(() => state.Report(order, report, Start)).Message);
    }

    [Fact]
    public void Report_UnknownJobOrSearch_SaysExpectedAndActual()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((4, 2)));

        Assert.StartsWith(
            "Job: expected one of 1..2, actual 9.",
            Assert.Throws<ArgumentException>(() => state.Report(order with { JobId = 9 }, Success(order), Start)).Message);
        Assert.StartsWith(
            "Search: expected search, actual other.",
            Assert.Throws<ArgumentException>(() => state.Report(order with { SearchId = "other" }, Success(order), Start)).Message);
    }

    [Fact]
    public void Report_BaselineThatFailsForGood_FailsTheSearchUntilItIsResumed()
    {
        (SearchState state, JobOrder order) = SearchState.Create(Definition()).Granted(new ScriptedStrategy());
        state = state.Failed(order, FailureKind.OutOfMemory);

        Assert.Equal(SearchPhase.Failed, state.Phase);
        Assert.Equal("The FP32 baseline failed. OutOfMemory: It happened.", state.EndReason);
        Assert.Equal(LeaseAnswer.Ended, state.Lease(Worker, Start, Minute, new ScriptedStrategy()).Outcome.Answer);

        (state, order) = state.Resume(Start).Granted(new ScriptedStrategy());
        Assert.Equal(SearchPhase.Searching, state.Succeeded(order).Phase);
    }

    [Fact]
    public void Report_BaselineWithoutItsWeights_IsRefused()
    {
        (SearchState state, JobOrder order) = SearchState.Create(Definition()).Granted(new ScriptedStrategy());
        var report = new JobReport { Measurements = [new Measurement(40, 0.9)] };

        Assert.Equal(
            "Report of job 1: expected measurements at epochs 40 with a checkpoint, actual ''.",
            Assert.Throws<ArgumentException>(() => state.Report(order, report, Start)).Message);
    }
}
