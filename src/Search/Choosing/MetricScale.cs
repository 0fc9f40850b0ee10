using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Choosing;

/// <summary>
/// How a workload's metric compares: as a score, which is larger the better the network, in a unit in which a charge for bits and a regret mean
/// the same whatever the metric's range. A fraction's unit is 1; any other metric's is the magnitude of the FP32 baseline, so that 0.001 is 0.1 %
/// of what FP32 reaches. The default is a fraction to be maximised, whose score is the fraction itself.
/// </summary>
public readonly record struct MetricScale
{
    // Null for 1: the default of the struct is a scale like any other.
    private readonly double? magnitude;

    private MetricScale(MetricGoal goal, bool isFraction, double? magnitude) =>
        (Goal, IsUnbounded, this.magnitude) = (goal, !isFraction, magnitude);

    /// <summary>Which end of the metric's range is the good one.</summary>
    public MetricGoal Goal { get; }

    /// <summary>Whether the metric lies in [0,1].</summary>
    public bool IsFraction => !IsUnbounded;

    /// <summary>One unit of a score, in that of the metric; above 0.</summary>
    public double Unit => magnitude ?? 1;

    private bool IsUnbounded { get; }

    /// <summary>A scale before the baseline is known, or where it is 0, has the unit 1.</summary>
    /// <param name="workload">Says what its metric is.</param>
    /// <param name="baseline">The FP32 baseline's value, null before it is measured.</param>
    public static MetricScale Of(WorkloadDescription workload, double? baseline) => new(
        workload.Goal,
        workload.MetricIsFraction,
        !workload.MetricIsFraction && baseline is double value && double.IsNormal(value) ? Math.Abs(value) : null);

    /// <summary>The larger the better, in units.</summary>
    public double Score(double value) => Goal == MetricGoal.Maximize ? value / Unit : -value / Unit;

    /// <summary>The metric behind a score.</summary>
    public double Value(double score) => Goal == MetricGoal.Maximize ? score * Unit : 0 - (score * Unit);

    /// <summary>A standard deviation of scores in the unit of the metric: the direction does not count.</summary>
    public double Deviation(double scores) => scores * Unit;

    /// <summary>Whether a value is better than another.</summary>
    public bool IsBetter(double value, double other) => Goal == MetricGoal.Maximize ? value > other : value < other;
}
