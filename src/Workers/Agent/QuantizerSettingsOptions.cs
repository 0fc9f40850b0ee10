using Bitcurve.Models.Quantization;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent;

/// <summary>A search's quantiser settings as the quantiser takes them.</summary>
public static class QuantizerSettingsOptions
{
    public static QuantizerOptions ToOptions(this QuantizerSettings settings) => new(
        settings.BlockSize,
        settings.Rounding == Contracts.WeightRounding.Floor ? Models.Quantization.WeightRounding.Floor : Models.Quantization.WeightRounding.Nearest,
        settings.QuantizeActivations);
}
