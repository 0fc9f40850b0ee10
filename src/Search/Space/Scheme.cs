namespace Bitcurve.Search.Space;

/// <summary>What a network is made of, layer by layer: the levels of a space together with the layers that it leaves alone.</summary>
/// <param name="Bits">Bit-width per layer of the workload, 0 for FP32; empty for FP32 everywhere.</param>
/// <param name="Harmonics">Harmonics per axis per layer of the workload, its k for one that keeps its kernel; empty for no series.</param>
public sealed record Scheme(IReadOnlyList<int> Bits, IReadOnlyList<int> Harmonics);
