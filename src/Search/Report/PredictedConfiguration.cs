using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report;

/// <summary>The model's estimate of one network's validation accuracy at the target task.</summary>
/// <param name="Bits">Bit-widths per layer.</param>
/// <param name="Mean">Posterior mean, in the unit of the metric (a fraction for accuracies), finite.</param>
/// <param name="Deviation">Posterior standard deviation of the accuracy in the same unit, finite and not negative.</param>
/// <exception cref="ArgumentException">A value is out of its range; the message names the network.</exception>
public sealed record PredictedConfiguration(BitVector Bits, double Mean, double Deviation)
{
    public double Mean { get; init; } = double.IsFinite(Mean)
        ? Mean
        : throw new ArgumentException($"Estimate of {Bits}: expected a finite mean, actual {Mean}.", nameof(Mean));

    public double Deviation { get; init; } = Deviation >= 0 && double.IsFinite(Deviation)
        ? Deviation
        : throw new ArgumentException($"Estimate of {Bits}: expected a deviation of 0 or more, actual {Deviation}.", nameof(Deviation));
}
