using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Contracts;
using static TorchSharp.torch;

namespace Bitcurve.Workers.Agent;

/// <summary>Makes trainings of what the contract says.</summary>
public static class FineTuningRun
{
    /// <param name="workload">Network and data.</param>
    /// <param name="bits">One entry per layer, 0 for FP32; empty for FP32 everywhere.</param>
    /// <param name="harmonics">One entry per layer; empty for no series.</param>
    /// <param name="settings">How to quantise and compress.</param>
    /// <param name="seed">Decides the order of images and augmentations.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">Bits or harmonics do not fit the network.</exception>
    public static TrainingRun Create(
        Workload workload, IReadOnlyList<int> bits, IReadOnlyList<int> harmonics, QuantizerSettings settings, long seed, Device device) =>
        TrainingRun.FineTuning(
            workload.Problem, workload.FineTuning, bits, Options(settings), seed, device, Series(workload, harmonics, settings), Fit(settings.Fit));

    /// <summary>A search's quantiser settings as the quantiser takes them.</summary>
    public static QuantizerOptions Options(QuantizerSettings settings) => new(
        settings.BlockSize,
        settings.Rounding == Contracts.WeightRounding.Floor ? Models.Quantization.WeightRounding.Floor : Models.Quantization.WeightRounding.Nearest,
        settings.QuantizeActivations,
        settings.Multipliers == Contracts.MultiplierPrecision.Fp32 ? Models.Quantization.MultiplierPrecision.Fp32 : Models.Quantization.MultiplierPrecision.Fp16);

    private static SeriesFitMethod Fit(Contracts.SeriesFit fit) => fit == Contracts.SeriesFit.Gradient ? SeriesFitMethod.Gradient : SeriesFitMethod.ClosedForm;

    private static SeriesScheme? Series(Workload workload, IReadOnlyList<int> harmonics, QuantizerSettings settings) => harmonics.Count == 0 ? null : SeriesScheme.Of(
        settings.Series == Contracts.SeriesBasis.Chebyshev ? SeriesKind.Chebyshev : SeriesKind.Cosine,
        harmonics,
        [.. workload.Layers.Select(layer => layer.Kernel)]);
}
