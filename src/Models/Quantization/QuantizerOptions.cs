namespace Bitcurve.Models.Quantization;

/// <summary>How block multipliers are stored.</summary>
public enum MultiplierPrecision
{
    /// <summary>Half precision, 16 bits: the thesis.</summary>
    Fp16,

    /// <summary>Single precision, 32 bits.</summary>
    Fp32,
}

/// <summary>How a network is quantised (thesis ch. 3; networks.md, DSConv quantiser).</summary>
/// <param name="BlockSize">Channels per block of weights and activations, at least 1; the thesis uses 32.</param>
/// <param name="Rounding">Rule for the weights' integers.</param>
/// <param name="QuantizeActivations">Whether each quantised layer's input, except the image, becomes block floating point.</param>
/// <param name="Multipliers">How block multipliers are stored.</param>
public sealed record QuantizerOptions(int BlockSize = 32, WeightRounding Rounding = WeightRounding.Nearest, bool QuantizeActivations = true, MultiplierPrecision Multipliers = MultiplierPrecision.Fp16)
{
    public static readonly QuantizerOptions Default = new();
}
