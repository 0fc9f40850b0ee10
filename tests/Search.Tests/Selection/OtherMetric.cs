using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

/// <summary>The trained networks as a workload of another metric, which is a function of their accuracy.</summary>
/// <param name="Of">The metric at an accuracy.</param>
/// <param name="Goal">Which end of it is the good one.</param>
/// <param name="IsFraction">Whether it lies in [0,1].</param>
internal sealed record OtherMetric(Func<double, double> Of, MetricGoal Goal, bool IsFraction = false)
{
    /// <summary>The accuracy itself.</summary>
    public static readonly OtherMetric Accuracy = new(accuracy => accuracy, MetricGoal.Maximize, IsFraction: true);

    public double Baseline => Of(TrainedTable.Fp32);

    public double Measure(JobOrder order, int epochs) => Of(TrainedTable.Accuracy(new BitVector(order.Bits), epochs));

    public SearchDefinition Define(SearchDefinition definition) => definition with
    {
        Workload = definition.Workload with { Metric = "Chamfer distance", Goal = Goal, MetricIsFraction = IsFraction },
    };

    public SearchState Run(SelectionSettings selection, string budget = "60epochs", RankBy rankBy = RankBy.Accuracy, long seed = 4)
    {
        SearchDefinition definition = TrainedTable.Definition(budget, seed, selection) with { Choosing = new ChoosingSettings { RankBy = rankBy } };
        return TrainedTable.Run(
            Define(definition), Search.Selection.StrategyCatalogue.Create(definition, TrainedTable.Candidates), accuracy: Measure, baseline: Baseline);
    }
}
