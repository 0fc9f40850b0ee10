using Bitcurve.Gp;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Trials;

public class LearnedCostTests
{
    [Fact]
    public void Of_TwoJobs_EqualsTheFormulaByHand()
    {
        var cost = Learn(Job(1, epochs: 1, seconds: 2), Job(2, epochs: 1, seconds: 8));

        // log rate = log 4, residuals of log 2 each, 2 + 2 - 1 degrees of freedom; 2.353363 is the 0.95 quantile of Student's t with 3.
        var spread = Math.Sqrt(((2 * 0.04) + (2 * Math.Log(2) * Math.Log(2))) / 3);
        Assert.Equal(4, cost.SecondsPerEpoch, 12);
        Assert.Equal(4 * Math.Exp(-2.353363 * spread * Math.Sqrt(0.5)), cost.RateInterval.Low, 5);
        Assert.Equal(4 * Math.Exp(2.353363 * spread * Math.Sqrt(0.5)), cost.RateInterval.High, 4);
        Assert.Equal(40 * Math.Exp(2.353363 * spread * Math.Sqrt(0.5 + 0.1)), cost.NextJob(10).High, 3);
        Assert.Equal((2, 2.0), (cost.Jobs, cost.Epochs));
    }

    [Fact]
    public void Of_OneJob_IsItsRateWithARangeFromThePrior()
    {
        var cost = Learn(Job(1, epochs: 15, seconds: 30));

        Assert.Equal(2, cost.SecondsPerEpoch, 12);
        // t with 2 degrees of freedom: 2.919986; spread 0.2 per epoch.
        Assert.Equal(2 * Math.Exp(-2.919986 * 0.2 * Math.Sqrt(1 / 15.0)), cost.RateInterval.Low, 5);
    }

    [Fact]
    public void Of_LongJob_CountsAsItsEpochs()
    {
        var cost = Learn(Job(1, epochs: 3, seconds: 3), Job(2, epochs: 1, seconds: 16));
        Assert.Equal(2, cost.SecondsPerEpoch, 12);
    }

    [Fact]
    public void Of_OtherUnit_ScalesEverything()
    {
        var seconds = Learn(Job(1, 1, 2), Job(2, 2, 5), Job(3, 15, 28));
        var milliseconds = Learn(Job(1, 1, 2000), Job(2, 2, 5000), Job(3, 15, 28000));

        Assert.Equal(1000 * seconds.SecondsPerEpoch, milliseconds.SecondsPerEpoch, 8);
        Assert.Equal(1000 * seconds.NextJob(2).Low, milliseconds.NextJob(2).Low, 8);
        Assert.Equal(1000 * seconds.RateInterval.High, milliseconds.RateInterval.High, 8);
    }

    [Fact]
    public void NextJob_SimulatedJobs_CoversNineOfTen()
    {
        var normal = new StandardNormal(7);
        var lengths = new[] { 1, 1, 2, 15, 13 };
        double Seconds(int epochs) => epochs * 3 * Math.Exp(0.25 * normal.Next() / Math.Sqrt(epochs));
        var inside = 0;
        const int rounds = 1000;
        for (var round = 0; round < rounds; round++)
        {
            var cost = Learn([.. lengths.Concat(lengths).Select((epochs, id) => Job(id, epochs, Seconds(epochs)))]);
            var next = lengths[round % lengths.Length];
            inside += cost.NextJob(next).Contains(Seconds(next)) ? 1 : 0;
        }

        // Standard error of the count: about 1 %. The prior's spread of 0.2 is a little below the true 0.25.
        Assert.InRange(inside / (double)rounds, 0.86, 0.94);
    }

    [Fact]
    public void Of_BaselineAndUntrainedJobs_AreNotCounted()
    {
        Job[] jobs =
        [
            Job(1, 40, 999) with { Purpose = JobPurpose.Baseline },
            Job(2, 0, 0),
            Job(3, 0, 5),
            Job(4, 2, 3) with { Purpose = JobPurpose.Verify, TrialId = null },
        ];
        var cost = Learn(jobs);

        Assert.Equal((1, 2.0), (cost.Jobs, cost.Epochs));
        Assert.Equal(1.5, cost.SecondsPerEpoch, 12);
        Assert.Null(LearnedCost.Of("vgg8/shapes32", "cpu", jobs[..3]));
    }

    [Fact]
    public void SecondsPerEvaluation_SearchJobsOnly_IsTheirMean()
    {
        var cost = Learn(
            Job(1, 2, 4) with { Measurements = [new Measurement(0, 0.5), new Measurement(2, 0.6)], EvaluationSeconds = 1 },
            Job(2, 0, 0) with { Measurements = [new Measurement(0, 0.5)], EvaluationSeconds = 2 },
            Job(3, 2, 4) with { Purpose = JobPurpose.Verify, Measurements = [new Measurement(2, 0.6)], EvaluationSeconds = 50 });

        Assert.Equal((3, 1.0), (cost.Evaluations, cost.SecondsPerEvaluation));
        Assert.Null(Learn(Job(1, 2, 4)).SecondsPerEvaluation);
    }

    [Fact]
    public void PerDevice_SeveralKinds_AreLearnedApart()
    {
        var state = SearchState.Create(Searches.Definition("40epochs")) with
        {
            Jobs = [Job(1, 1, 8), Job(2, 1, 0.5) with { DeviceKind = "NVIDIA H100" }, Job(3, 2, 16), Job(4, 1, 4) with { DeviceKind = null }],
        };
        var costs = LearnedCost.PerDevice(state);

        Assert.Equal(["NVIDIA H100", "cpu", "unknown"], costs.Select(cost => cost.DeviceKind));
        Assert.Equal([0.5, 8.0, 4.0], costs.Select(cost => Math.Round(cost.SecondsPerEpoch, 12)));
        Assert.All(costs, cost => Assert.Equal(state.Definition.Workload.Name, cost.Workload));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void NextJob_NoEpochs_Throws(double epochs) => Assert.StartsWith(
        "Epochs of the next job: expected more than 0, actual ",
        Assert.Throws<ArgumentException>(() => Learn(Job(1, 1, 1)).NextJob(epochs)).Message);

    private static LearnedCost Learn(params Job[] jobs) => LearnedCost.Of("vgg8/shapes32", "cpu", jobs)!;

    private static Job Job(int id, double epochs, double seconds) => new()
    {
        Id = id,
        Purpose = JobPurpose.Search,
        TrialId = id,
        Seed = 0,
        EvaluateAt = [15],
        Split = EvaluationSplit.Validation,
        DeviceKind = "cpu",
        TrainedEpochs = epochs,
        TrainSeconds = seconds,
    };
}
