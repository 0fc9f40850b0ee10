namespace Bitcurve.Search.Report.Charts;

/// <summary>
/// A scale for accuracies that crowd below a ceiling while some fall far: position follows -log(c - a) with the ceiling c a margin above
/// the maximum, the transform in which the losses of quantised networks are most even (method.md, log-loss transform).
/// </summary>
/// <param name="Minimum">Value at <paramref name="From"/>.</param>
/// <param name="Maximum">Value at <paramref name="To"/>, above the minimum.</param>
/// <param name="From">Position of the minimum.</param>
/// <param name="To">Position of the maximum.</param>
/// <exception cref="ArgumentException">The range is empty or not finite.</exception>
public sealed record LossScale(double Minimum, double Maximum, double From, double To) : IScale
{
    /// <summary>Margin as a part of the range: less would blow the noise of the best networks up.</summary>
    private const double Margin = 0.03;

    private readonly LinearScale losses = Maximum > Minimum
        ? new LinearScale(-Math.Log((1 + Margin) * (Maximum - Minimum)), -Math.Log(Margin * (Maximum - Minimum)), From, To)
        : throw new ArgumentException($"Loss scale: expected minimum < maximum, actual {Minimum} and {Maximum}.", nameof(Maximum));

    public double At(double value)
    {
        double ceiling = Maximum + (Margin * (Maximum - Minimum));
        return losses.At(-Math.Log(ceiling - Math.Clamp(value, Minimum, Maximum)));
    }
}
