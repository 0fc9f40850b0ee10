namespace Bitcurve.Search.Report.Charts;

/// <summary>Equal distances for equal differences.</summary>
/// <param name="Minimum">Value at <paramref name="From"/>.</param>
/// <param name="Maximum">Value at <paramref name="To"/>, above the minimum.</param>
/// <param name="From">Position of the minimum.</param>
/// <param name="To">Position of the maximum; below <paramref name="From"/> for a vertical axis.</param>
/// <exception cref="ArgumentException">The range is empty or not finite.</exception>
public sealed record LinearScale(double Minimum, double Maximum, double From, double To) : IScale
{
    public double Maximum { get; init; } = Maximum > Minimum && double.IsFinite(Maximum - Minimum)
        ? Maximum
        : throw new ArgumentException($"Scale: expected minimum < maximum, actual {Minimum} and {Maximum}.", nameof(Maximum));

    public double At(double value) =>
        From + ((To - From) * (Math.Clamp(value, Minimum, Maximum) - Minimum) / (Maximum - Minimum));
}
