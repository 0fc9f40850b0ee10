using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Trials;

public sealed class ForecastTests
{
    private static readonly string[] OneCpu = ["cpu"];

    // 10 s for each of the jobs to 1 epoch: 10 s an epoch.
    private static readonly ScriptedStrategy Strategy = new((8, 1), (4, 1), (2, 15));

    [Fact]
    public void Of_BudgetOfEpochs_IsWhatIsLeftAtTheLearnedSpeed()
    {
        SearchState state = After(1, WithoutVerification("60epochs"));

        Forecast forecast = Forecast.Of(state, OneCpu, Searches.Start)!;

        // Charged so far: 1 epoch, 2 evaluations of 0.1, 0.3 overhead.
        Assert.Equal(585, forecast.SecondsLeft, 9);
        Assert.Equal(Searches.Start.AddSeconds(585), forecast.FinishAt);
        SecondsInterval interval = LearnedCost.PerDevice(state)[0].NextJob(58.5);
        Assert.Equal(interval.Low, forecast.SecondsLow!.Value, 9);
        Assert.Equal(interval.High, forecast.SecondsHigh!.Value, 9);
        Assert.Equal(
            "58.5 epochs of budget, 0 epochs of verification as it would be now; 10 s an epoch on cpu (1 job); 1 worker", forecast.Basis);
    }

    [Fact]
    public void Of_SeveralWorkers_IsShared()
    {
        SearchState state = After(1, WithoutVerification("60epochs"));
        double alone = Forecast.Of(state, OneCpu, Searches.Start)!.SecondsLeft;

        Forecast shared = Forecast.Of(state, ["cpu", "cpu", "NVIDIA H100"], Searches.Start)!;

        Assert.Equal(alone / 3, shared.SecondsLeft, 9);
        Assert.EndsWith("; 3 workers, 1 of them taken to be as slow as the slowest known", shared.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TwoKindsOfDevices_AddsTheirSpeeds()
    {
        SearchState state = After(2, WithoutVerification("60epochs"));
        state = WithSecond(state, job => job with { DeviceKind = "gpu", TrainSeconds = 2.5 });

        Forecast forecast = Forecast.Of(state, ["cpu", "gpu"], Searches.Start)!;

        // 57 epochs at 1/10 + 1/2.5 epochs a second.
        Assert.Equal(57 / 0.5, forecast.SecondsLeft, 9);
        Assert.InRange(forecast.SecondsLeft, forecast.SecondsLow!.Value, forecast.SecondsHigh!.Value);
    }

    [Fact]
    public void Of_JobInFlight_CountsWhatItStillHasToTrain()
    {
        SearchState state = After(2, WithoutVerification("60epochs"));
        (state, JobOrder order) = state.Granted(Strategy);
        (state, _) = state.Heartbeat(order, Searches.Reached(order, 4), Searches.Start, Searches.Minute);

        Forecast forecast = Forecast.Of(state, OneCpu, Searches.Start)!;

        // 60 - 1.5 - 1.5 - (15 + 4 evaluations + overhead) of budget, and 11 of 15 epochs of the job.
        Assert.Equal(10 * (41.3 + 11), forecast.SecondsLeft, 9);
        Assert.StartsWith("41.3 epochs of budget, 11 epochs of jobs in flight, ", forecast.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BudgetOfJobs_CountsThemAsLongAsThoseSoFar()
    {
        SearchState state = After(2, WithoutVerification("12jobs"));

        Assert.Equal(10 * 10 * 1.5, Forecast.Of(state, OneCpu, Searches.Start)!.SecondsLeft, 9);
    }

    [Fact]
    public void Of_BudgetOfTime_IsItsRestHoweverManyWorkers()
    {
        SearchState state = After(1, WithoutVerification("90s"));
        DateTimeOffset now = Searches.Start.AddSeconds(30);

        Forecast forecast = Forecast.Of(state, ["cpu", "cpu"], now)!;

        Assert.Equal((60.0, now.AddSeconds(60)), (forecast.SecondsLeft, forecast.FinishAt));
        Assert.Null(forecast.SecondsLow);
        Assert.StartsWith("60 s of budget, ", forecast.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_VerificationToCome_CountsItAsItWouldBeNow()
    {
        SearchDefinition definition = WithoutVerification("60epochs") with
        {
            Verification = new VerificationSettings { Groups = [VerificationGroup.Chosen, VerificationGroup.Uniform], Repeats = 3 },
        };

        Forecast forecast = Forecast.Of(After(1, definition), OneCpu, Searches.Start)!;

        // The chosen network is 8 bits everywhere: 3 seeds of 15 epochs, and 7 other uniform networks of one seed each; the eighth is the chosen one's first.
        Assert.Equal(10 * (58.5 + (15 * (3 + 7))), forecast.SecondsLeft, 9);
    }

    [Fact]
    public void Of_Verifying_IsWhatIsPending()
    {
        SearchDefinition definition = Searches.Definition("1.5epochs") with
        {
            Verification = new VerificationSettings { Groups = [VerificationGroup.Chosen], Repeats = 2 },
        };
        SearchState state = After(1, definition);
        (state, JobOrder order) = state.Granted(Strategy);
        (state, _) = state.Heartbeat(order, Searches.Reached(order, 5), Searches.Start, Searches.Minute);

        Forecast forecast = Forecast.Of(state, OneCpu, Searches.Start)!;

        Assert.Equal(SearchPhase.Verifying, state.Phase);
        Assert.Equal(10 * (10 + 15), forecast.SecondsLeft, 9);
        Assert.StartsWith("25 epochs of verification; ", forecast.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AutomaticStop_SaysThatItMayBeSooner()
    {
        SearchDefinition definition = WithoutVerification("60epochs") with { Selection = new SelectionSettings { StopRegret = 0.001 } };

        Assert.EndsWith(
            "; sooner if the expected regret stays below 0.1 points", Forecast.Of(After(1, definition), OneCpu, Searches.Start)!.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NothingToGoBy_IsNull()
    {
        SearchState searching = After(1, WithoutVerification("60epochs"));

        Assert.Null(Forecast.Of(SearchState.Create(Searches.Definition()), OneCpu, Searches.Start));
        Assert.Null(Forecast.Of(Searches.Searching(), OneCpu, Searches.Start));
        Assert.Null(Forecast.Of(searching, [], Searches.Start));
        Assert.Null(Forecast.Of(searching.Pause(Searches.Start), OneCpu, Searches.Start));
        Assert.Null(Forecast.Of(searching.Cancel(Searches.Start), OneCpu, Searches.Start));
    }

    private static SearchDefinition WithoutVerification(string budget) =>
        Searches.Definition(budget) with { Verification = new VerificationSettings { Groups = [] } };

    private static SearchState After(int jobs, SearchDefinition definition)
    {
        SearchState state = Searches.Searching(definition);
        for (int job = 0; job < jobs; job++)
        {
            (state, JobOrder order) = state.Granted(Strategy);
            state = state.Succeeded(order);
        }

        return state;
    }

    /// <summary>With another second search job.</summary>
    private static SearchState WithSecond(SearchState state, Func<Job, Job> change) =>
        state with { Jobs = [.. state.Jobs.Select(job => job.Id == 3 ? change(job) : job)] };
}
