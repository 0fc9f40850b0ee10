using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report;

/// <summary>A posterior mean with its standard deviation, in the unit of the metric.</summary>
public sealed record Estimate(double Mean, double Deviation);

/// <summary>The model's estimates by network.</summary>
internal sealed class Estimates
{
    private readonly Dictionary<BitVector, Estimate> byBits = [];

    /// <exception cref="ArgumentException">Two predictions for one network: which one counts would depend on their order.</exception>
    public Estimates(IReadOnlyList<PredictedConfiguration> predictions)
    {
        foreach (PredictedConfiguration prediction in predictions)
        {
            if (!byBits.TryAdd(prediction.Bits, new Estimate(prediction.Mean, prediction.Deviation)))
            {
                throw new ArgumentException(
                    $"Predictions: expected one for each network, actual two for {prediction.Bits}.", nameof(predictions));
            }
        }
    }

    /// <summary>Null where the model was not asked, and always for FP32.</summary>
    public Estimate? Of(BitVector bits) => byBits.GetValueOrDefault(bits);
}
