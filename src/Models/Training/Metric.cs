namespace Bitcurve.Models.Training;

/// <summary>Which end of a metric's range is the good one.</summary>
public enum MetricGoal
{
    Maximize,
    Minimize,
}

/// <summary>The figure by which a trained network is judged.</summary>
/// <param name="Name">As reports call it, e.g. <c>accuracy</c>, <c>IoU</c>, <c>Chamfer distance</c>.</param>
/// <param name="Goal">Which end of its range is the good one.</param>
/// <param name="IsFraction">Whether it lies in [0,1] and is told in per cent; otherwise it may be any finite number.</param>
public sealed record Metric(string Name, MetricGoal Goal = MetricGoal.Maximize, bool IsFraction = true)
{
    /// <summary>Fraction of samples classified correctly.</summary>
    public static readonly Metric Accuracy = new("accuracy");

    /// <summary>Whether <paramref name="value"/> is better than <paramref name="other"/>.</summary>
    public bool IsBetter(double value, double other) => Goal == MetricGoal.Maximize ? value > other : value < other;
}
