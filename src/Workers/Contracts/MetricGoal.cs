namespace Bitcurve.Workers.Contracts;

/// <summary>Which end of a metric's range is the good one.</summary>
public enum MetricGoal
{
    Maximize,
    Minimize,
}
