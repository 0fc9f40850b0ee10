namespace Bitcurve.Search.Space;

/// <summary>What the levels of a space are.</summary>
public enum CurveSubject
{
    /// <summary>Bit-widths (thesis ch. 3).</summary>
    Bits,

    /// <summary>Harmonics per axis of the series that replaces a layer's kernels (thesis ch. 4); weights stay FP32.</summary>
    Harmonics,

    /// <summary>The bit-widths of all layers, then the harmonics of all layers, each on a curve of its own.</summary>
    Both,
}
