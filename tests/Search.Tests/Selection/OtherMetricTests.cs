using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

/// <summary>The same landscape as another metric leads to the same decisions.</summary>
public sealed class OtherMetricTests
{
    // The last bits of the data differ, and so does the step at which a fit is good enough: by up to 0.001 of an accuracy.
    private const double FitTolerance = 0.005;

    private static readonly SelectionSettings Thesis = new SelectionSettings { About = "function" }.WithThesisModel().WithoutRemedies();

    private static readonly OtherMetric[] Affine =
    [
        new(accuracy => -accuracy, MetricGoal.Minimize),
        new(accuracy => 1e-4 * (3 - accuracy), MetricGoal.Minimize),
        new(accuracy => 1e6 * (3 - accuracy), MetricGoal.Minimize),
        new(accuracy => 1e6 * (accuracy - 3), MetricGoal.Maximize),
        new(accuracy => accuracy - TrainedTable.Fp32, MetricGoal.Maximize),
    ];

    public static TheoryData<int, string> AffineAndStrategies
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var metric = 0; metric < Affine.Length; metric++)
            {
                data.Add(metric, "information-gain");
            }

            data.Add(1, "ucb");
            data.Add(2, "hyperband");
            return data;
        }
    }

    /// <summary>The process standardises, so an affine map of the metric changes nothing (thesis model, networks ranked by the metric).</summary>
    [Theory]
    [MemberData(nameof(AffineAndStrategies))]
    public void Run_AffineMapOfTheAccuracy_DecidesTheSame(int metric, string strategy)
    {
        SelectionSettings settings = Thesis with { Strategy = strategy };
        RequireSame(OtherMetric.Accuracy.Run(settings), Affine[metric].Run(settings), Affine[metric]);
    }

    /// <summary>An error of 1 - a is charged for bits as the accuracy is: a fraction's unit stays 1.</summary>
    [Theory]
    [InlineData("ucb")]
    [InlineData("hyperband")]
    public void Run_ErrorRate_IsChargedForBitsLikeTheAccuracy(string strategy)
    {
        var error = new OtherMetric(accuracy => 1 - accuracy, MetricGoal.Minimize, IsFraction: true);
        SelectionSettings settings = Thesis with { Strategy = strategy };

        SearchState expected = OtherMetric.Accuracy.Run(settings, rankBy: RankBy.Effective);
        SearchState actual = error.Run(settings, rankBy: RankBy.Effective);

        RequireSame(expected, actual, error);
        Assert.All(
            expected.Decisions.Zip(actual.Decisions).Where(pair => pair.First.ExpectedRegret is not null),
            pair => Assert.Equal(pair.First.ExpectedRegret!.Value, pair.Second.ExpectedRegret!.Value, FitTolerance));
    }

    /// <summary>Of a positive loss log-loss is the logarithm, whatever its scale.</summary>
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e6)]
    public void Run_LogarithmOfAnExponentialLoss_DecidesLikeTheRawAccuracy(double scale)
    {
        var loss = new OtherMetric(accuracy => scale * Math.Exp(-3 * accuracy), MetricGoal.Minimize);

        RequireSame(OtherMetric.Accuracy.Run(Thesis), loss.Run(Thesis with { Transform = "log-loss" }), loss, comparesMeans: false);
    }

    /// <summary>The whole default method on a loss finds a network at least as good as the median of all.</summary>
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e6)]
    public void Run_DefaultSettings_FindsAGoodNetworkAtAnyScale(double scale)
    {
        var loss = new OtherMetric(accuracy => scale * (1.02 - accuracy), MetricGoal.Minimize);
        SearchState state = loss.Run(new SelectionSettings(), rankBy: RankBy.Effective);

        var ranked = TrainedTable.Candidates
            .Select(c => new Configuration(c.Bits, loss.Of(TrainedTable.Accuracy(c.Bits, 15)), 15, state.Definition.SizeOf(c.Bits)) { Scale = state.Scale })
            .ToList();
        var place = Ranking.Order(ranked, state.Definition.Choosing).Select(c => c.Bits).ToList().IndexOf(state.ChosenConfiguration()!.Bits);
        Assert.InRange(place, 0, 20);
        Assert.All(state.Decisions.Where(d => d.ExpectedRegret is not null), d => Assert.InRange(d.ExpectedRegret!.Value, 0, 20));
    }

    private static void RequireSame(SearchState expected, SearchState actual, OtherMetric metric, bool comparesMeans = true)
    {
        Assert.Equal(expected.Decisions.Select(d => (d.Bits, d.Epochs)), actual.Decisions.Select(d => (d.Bits, d.Epochs)));
        Assert.Equal(expected.ChosenConfiguration()!.Bits, actual.ChosenConfiguration()!.Bits);
        Assert.Equal(Front(expected), Front(actual));
        if (comparesMeans)
        {
            var unit = Math.Abs(metric.Of(1) - metric.Of(0));
            // Until two networks are measured there is no spread to standardise by.
            Assert.All(expected.Decisions.Zip(actual.Decisions).Skip(2).Where(pair => pair.First.PosteriorMean is not null), pair =>
            {
                Assert.Equal(metric.Of(pair.First.PosteriorMean!.Value) / unit, pair.Second.PosteriorMean!.Value / unit, FitTolerance);
                Assert.Equal(pair.First.PosteriorDeviation!.Value, pair.Second.PosteriorDeviation!.Value / unit, FitTolerance);
            });
        }
    }

    private static IEnumerable<BitVector> Front(SearchState state) =>
        ParetoFront.Of(Chosen.AtHighestFidelity(state.MeasuredConfigurations())).Select(member => member.Bits);
}

/// <summary>The contract on a metric to be minimised.</summary>
public abstract class LossContract : SelectionStrategyContract
{
    private OtherMetric Metric => new(Loss, MetricGoal.Minimize);

    protected abstract double Loss(double accuracy);

    protected override double Baseline => Metric.Baseline;

    protected override Func<JobOrder, int, double>? Accuracy => Metric.Measure;

    protected override SearchDefinition Definition(string budget) => Metric.Define(base.Definition(budget));
}

public sealed class SmallLossContract : LossContract
{
    protected override SelectionSettings Settings { get; } = new() { ClosingShare = 0 };

    protected override double Loss(double accuracy) => 1e-4 * (1.02 - accuracy);
}

/// <summary>Of a baseline of 0 no part can be taken, and most values are negative.</summary>
public sealed class ZeroBaselineContract : LossContract
{
    protected override SelectionSettings Settings { get; } = new() { Strategy = "alternate" };

    protected override bool TargetOnly => true;

    protected override double Loss(double accuracy) => 1000 * (TrainedTable.Fp32 - accuracy);
}
