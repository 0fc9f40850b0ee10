namespace Bitcurve.Search.Report.Charts;

/// <summary>Equal distances for equal ratios: halving the memory is the same step anywhere.</summary>
/// <param name="Minimum">Value at <paramref name="From"/>, above 0.</param>
/// <param name="Maximum">Value at <paramref name="To"/>, above the minimum.</param>
/// <param name="From">Position of the minimum.</param>
/// <param name="To">Position of the maximum.</param>
/// <exception cref="ArgumentException">The range is empty, not finite, or reaches 0.</exception>
public sealed record LogarithmicScale(double Minimum, double Maximum, double From, double To) : IScale
{
    private readonly LinearScale logarithms = Minimum > 0
        ? new LinearScale(Math.Log(Minimum), Math.Log(Maximum), From, To)
        : throw new ArgumentException($"Logarithmic scale: expected a minimum above 0, actual {Minimum}.", nameof(Minimum));

    public double At(double value) => logarithms.At(Math.Log(Math.Clamp(value, Minimum, Maximum)));
}
