using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class VerificationTests
{
    [Fact]
    public void Verification_AfterASearch_MeasuresEachNetworkOncePerSeedOnTheTestSplit()
    {
        var orders = new List<JobOrder>();
        SearchState ended = Searching().RunToTheEnd(new ScriptedStrategy((4, 15), (3, 15), (8, 15), (5, 2)), orders);

        JobOrder[] tests = [.. orders.Where(order => order.Split == EvaluationSplit.Test)];
        Assert.Equal(SearchPhase.Completed, ended.Phase);
        Assert.Equal(tests.Length, tests.Select(order => (string.Concat(order.Bits), order.Seed)).Distinct().Count());
        Assert.All(ended.Verification, run => Assert.NotNull(run.Accuracy));

        // Uniform 1..8, two more seeds of the chosen one, FP32.
        Assert.Equal(8 + 2 + 1, tests.Length);
        JobOrder fp32 = Assert.Single(tests, order => order.Bits.Count == 0);
        Assert.Equal([0], fp32.EvaluateAt);
        Assert.Equal("-5-40", fp32.StartArtifact);
    }

    [Fact]
    public void Verification_Chosen_EvaluatesTheStoredStateAndTrainsTheOtherSeedsAnew()
    {
        var orders = new List<JobOrder>();
        SearchState ended = Searching().RunToTheEnd(new ScriptedStrategy((4, 15), (3, 15)), orders);
        BitVector chosen = ended.ChosenConfiguration()!.Bits;

        JobOrder[] repeats = [.. orders.Where(order => order.Split == EvaluationSplit.Test && new BitVector(order.Bits) == chosen)];

        Assert.Equal([5L, 1005, 2005], repeats.Select(order => order.Seed));
        Assert.Equal([15, 0, 0], repeats.Select(order => order.StartEpochs));
        Assert.Equal($"{chosen}-5-15", repeats[0].StartArtifact);
        Assert.All(repeats, order => Assert.Equal([15], order.EvaluateAt));
    }

    [Fact]
    public void Verification_SeveralReasons_AreOneRun()
    {
        SearchState ended = Searching().RunToTheEnd(new ScriptedStrategy((4, 15)));

        // Uniform bits read the same backwards.
        Assert.Equal(
            [VerificationGroup.Chosen, VerificationGroup.Reversed, VerificationGroup.Uniform],
            ended.Verification.First(run => run.Bits == BitVector.Uniform(4, 8)).Groups);
    }

    [Fact]
    public void Verification_NothingMeasuredAtTheTarget_NeverUsesTheSearchsSeed()
    {
        var orders = new List<JobOrder>();
        SearchState ended = Searching().RunToTheEnd(new ScriptedStrategy((4, 1)), orders);

        Assert.Equal("44444444", ended.ChosenConfiguration()!.Bits.ToString());
        Assert.All(
            orders.Where(order => order.Split == EvaluationSplit.Test && order.Bits.Count > 0), order => Assert.NotEqual(5, order.Seed));
    }

    [Fact]
    public void Verification_MoreEpochsThanTheTarget_GoesOnFromTheStoredState()
    {
        SearchDefinition definition = Definition() with { Verification = new VerificationSettings { Epochs = 20 } };
        var orders = new List<JobOrder>();
        Searching(definition).RunToTheEnd(new ScriptedStrategy((4, 15)), orders);

        JobOrder first = orders.First(order => order.Split == EvaluationSplit.Test && order.Bits.Count > 0);
        Assert.Equal(15, first.StartEpochs);
        Assert.Equal([20], first.EvaluateAt);
    }

    [Fact]
    public void Verification_NoGroups_CompletesAtOnce()
    {
        SearchDefinition definition = Definition() with { Verification = new VerificationSettings { Groups = [] } };

        SearchState ended = Searching(definition).RunToTheEnd(new ScriptedStrategy((4, 15)));

        Assert.Empty(ended.Verification);
        Assert.Equal("Nothing affordable was left to learn.", ended.EndReason);
    }

    [Fact]
    public void Verification_FailedRun_IsNotedAndTheOthersGoOn()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy());
        state = state.Failed(order, FailureKind.OutOfMemory);

        SearchState ended = state.RunToTheEnd(new ScriptedStrategy());

        Assert.Equal(SearchPhase.Completed, ended.Phase);
        Assert.Equal("OutOfMemory: It happened.", Assert.Single(ended.Verification, run => run.Accuracy is null).Failure);
    }

    [Fact]
    public void Verification_SetAsideNetwork_IsLeftOut()
    {
        (SearchState state, JobOrder order) = Searching().Granted(new ScriptedStrategy((1, 0)));
        SearchState ended = state.Failed(order, FailureKind.Diverged).RunToTheEnd(new ScriptedStrategy());

        Assert.DoesNotContain(ended.Verification, run => run.Bits == BitVector.Uniform(1, 8));
    }
}
