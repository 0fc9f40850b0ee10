namespace Bitcurve.Models.Quantization;

/// <summary>How a scaled weight becomes an integer.</summary>
public enum WeightRounding
{
    /// <summary>To nearest, ties to even: the authors' released code.</summary>
    Nearest,

    /// <summary>Downwards: the rule printed in the thesis, ch. 3.</summary>
    Floor,
}
