namespace Bitcurve.Models.Networks;

/// <summary>What convolutions multiply in; everything else, and what is stored, is single precision.</summary>
public enum ComputePrecision
{
    /// <summary>Single precision: results can be compared between machines.</summary>
    Fp32,

    /// <summary>
    /// bfloat16 products with single-precision master weights (Micikevicius et al. 2018, without loss scaling, which its range makes unnecessary).
    /// Eight significant bits hold block-floating-point activations exactly, but round xi q.
    /// </summary>
    Bf16,
}
