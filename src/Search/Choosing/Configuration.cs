using Bitcurve.Search.Space;

namespace Bitcurve.Search.Choosing;

/// <summary>Bounds of a posterior interval of the accuracy.</summary>
public readonly record struct AccuracyInterval(double Lower, double Upper);

/// <summary>One network with what it achieves and what it costs: measured, or predicted by a model.</summary>
/// <param name="Bits">Bit-widths per layer.</param>
/// <param name="Accuracy">Measured metric, or the posterior mean.</param>
/// <param name="Epochs">Fidelity that <paramref name="Accuracy"/> belongs to, epochs of fine-tuning.</param>
/// <param name="Size">Exact sizes.</param>
/// <param name="Interval">Posterior interval where the accuracy is predicted, null where it is measured.</param>
public sealed record Configuration(BitVector Bits, double Accuracy, int Epochs, ModelSize Size, AccuracyInterval? Interval = null)
{
    /// <summary>How the metric compares.</summary>
    public MetricScale Scale { get; init; }

    /// <summary>The metric as a score: the larger the better.</summary>
    public double Score => Scale.Score(Accuracy);
}
