namespace Bitcurve.Models.Series;

/// <summary>The functions that replace a kernel (thesis ch. 4, section 3.3).</summary>
public enum SeriesKind
{
    /// <summary>cos(i x), eq. 3 ("CosConv").</summary>
    Cosine,

    /// <summary>Chebyshev polynomials of the first kind, T_i(x), eq. 4 ("ChebConv").</summary>
    Chebyshev,
}
