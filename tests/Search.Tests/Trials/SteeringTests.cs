using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class SteeringTests
{
    [Fact]
    public void Pause_RunningJobs_EndAndNoNewOnesStart()
    {
        var strategy = new ScriptedStrategy((4, 0), (3, 0));
        (SearchState state, JobOrder order) = Searching().Granted(strategy);
        state = state.Pause(Start).Succeeded(order);

        Assert.Equal(LeaseAnswer.NothingNow, state.Lease(Worker, Start, Minute, strategy).Outcome.Answer);
        Assert.Equal("33333333", string.Concat(state.Resume(Start).Granted(strategy).Order.Bits));
    }

    [Fact]
    public void Pause_WallClock_StandsStill()
    {
        SearchState state = Searching(Definition("100s")).Pause(Start.AddSeconds(10)).Resume(Start.AddHours(1));

        Assert.Equal(10, state.Pause(Start.AddHours(1).AddSeconds(5)).Spent.ActiveSeconds - 5);
    }

    [Fact]
    public void TopUp_CompletedSearch_GoesOnAndKeepsItsVerification()
    {
        var strategy = new ScriptedStrategy((4, 15), (3, 15), (2, 15));
        SearchState ended = Searching(Definition("1jobs")).RunToTheEnd(strategy);
        var orders = new List<JobOrder>();

        SearchState more = ended.TopUp(Budget.Parse("3jobs"), Start).RunToTheEnd(strategy, orders);

        Assert.Equal(3, more.Spent.Jobs);
        Assert.Equal(SearchPhase.Completed, more.Phase);

        // 2 search jobs; the first search's 8 uniform runs, repeats and FP32 are not measured again.
        Assert.Distinct(orders.Select(order => (string.Concat(order.Bits), order.Seed, order.Split, order.EvaluateAt[^1])));
        Assert.DoesNotContain(orders, order => order.Bits.Count == 0);
        BitVector chosen = more.ChosenConfiguration()!.Bits;
        Assert.Contains(more.Verification, run => run.Bits == chosen && run.Groups.Contains(VerificationGroup.Chosen));
    }

    [Fact]
    public void TopUp_WhileVerifying_SearchesFirstAndLosesNoProgress()
    {
        var strategy = new ScriptedStrategy((4, 15), (3, 15));
        (SearchState state, JobOrder order) = Searching(Definition("1jobs")).Granted(strategy);
        (state, JobOrder verify) = state.Succeeded(order).Granted(strategy);
        Assert.Equal(EvaluationSplit.Test, verify.Split);

        (state, order) = state.TopUp(Budget.Parse("2jobs"), Start).Granted(strategy, OtherWorker);
        Assert.Equal("33333333", string.Concat(order.Bits));
        state = state.Succeeded(verify).Succeeded(order);

        Assert.Equal(SearchPhase.Completed, state.RunToTheEnd(strategy).Phase);
    }

    [Fact]
    public void Pause_ReportMeanwhile_CountsNoTime()
    {
        (SearchState state, JobOrder order) = Searching(Definition("100s")).Granted(new ScriptedStrategy((4, 0)));
        state = state.Pause(Start).Report(order, Success(order), Start.AddHours(1)).State;

        Assert.Equal(0, state.Resume(Start.AddHours(2)).Spent.ActiveSeconds);
    }

    [Theory]
    [InlineData("59epochs", "Budget: expected at least 60epochs, actual 59epochs.")]
    [InlineData("90jobs", "Budget: expected at least 60epochs, actual 90jobs.")]
    public void TopUp_LessOrAnotherUnit_SaysExpectedAndActual(string budget, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(() => Searching().TopUp(Budget.Parse(budget), Start)).Message);

    [Fact]
    public void Cancel_RunningSearch_StopsItsWorkersAndKeepsItsResults()
    {
        var strategy = new ScriptedStrategy((4, 15), (3, 15));
        (SearchState state, JobOrder first) = Searching().Granted(strategy);
        (state, JobOrder second) = state.Succeeded(first).Granted(strategy);
        state = state.Cancel(Start);
        SearchInvariants.Check(state);

        Assert.Equal(HeartbeatAnswer.Stop, state.Heartbeat(second, Reached(second, 1), Start, Minute).Answer);
        Assert.Equal(ReportAnswer.Dropped, state.Report(second, Success(second), Start).Answer);
        Assert.Equal(LeaseAnswer.Ended, state.Lease(Worker, Start, Minute, strategy).Outcome.Answer);
        Assert.Equal(BitVector.Uniform(4, 8), state.ChosenConfiguration()!.Bits);
        Assert.Equal("Cancelled by the user.", state.EndReason);
    }
}
