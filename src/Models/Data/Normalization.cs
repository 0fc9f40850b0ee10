namespace Bitcurve.Models.Data;

/// <summary>How bytes become network input, per channel c: (byte / 255 - Mean[c]) / StandardDeviation[c].</summary>
public sealed record Normalization
{
    /// <param name="mean">C values on the scale 0 .. 1.</param>
    /// <param name="standardDeviation">C positive values on the scale 0 .. 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a standard deviation is not positive.</exception>
    public Normalization(IReadOnlyList<double> mean, IReadOnlyList<double> standardDeviation)
    {
        if (mean.Count != standardDeviation.Count)
        {
            throw new ArgumentException(
                $"Expected one standard deviation per mean ({mean.Count}), actual {standardDeviation.Count}.", nameof(standardDeviation));
        }

        for (int channel = 0; channel < standardDeviation.Count; channel++)
        {
            if (!(standardDeviation[channel] > 0))
            {
                throw new ArgumentException(
                    $"Expected a positive standard deviation, actual {standardDeviation[channel]} at channel {channel}.",
                    nameof(standardDeviation));
            }
        }

        (Mean, StandardDeviation) = (mean, standardDeviation);
    }

    /// <summary>C values, scale 0 .. 1.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>C values, scale 0 .. 1.</summary>
    public IReadOnlyList<double> StandardDeviation { get; }

    /// <summary>The network input of one byte.</summary>
    public float Apply(byte value, int channel) => (float)((value / 255.0 - Mean[channel]) / StandardDeviation[channel]);
}
