using System.Globalization;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Bench.Tabulation;

/// <summary>What one configuration reached with one seed.</summary>
/// <param name="Bits">Bit-widths.</param>
/// <param name="W">Curve parameters, d values.</param>
/// <param name="Seed">Of the fine-tuning.</param>
/// <param name="DsconvBits">Stored size, bits.</param>
/// <param name="Validation">Accuracy in % after each of <see cref="TabulatedWorkload.Epochs"/>.</param>
/// <param name="Test">The same on the test split.</param>
/// <param name="CpuSecondsPerEpoch">Processor seconds of one epoch of training.</param>
public sealed record TableRow(
    BitVector Bits, IReadOnlyList<double> W, int Seed, long DsconvBits, IReadOnlyList<double> Validation, IReadOnlyList<double> Test, double CpuSecondsPerEpoch)
{
    public static string Header(int dimension) => string.Join(',', (string[])
    [
        "bits",
        .. Enumerable.Range(0, dimension).Select(axis => $"w{axis}"),
        "seed",
        "dsconv_bits",
        .. TabulatedWorkload.Epochs.Select(epochs => $"val_e{epochs}"),
        .. TabulatedWorkload.Epochs.Select(epochs => $"test_e{epochs}"),
        "cpu_s_per_epoch",
    ]);

    /// <summary>In the order of <see cref="Header"/>; w so that it reads back to the same bits, accuracies as exact as the splits' sizes make them.</summary>
    public override string ToString() => string.Join(',', (string[])
    [
        Bits.ToString(),
        .. W.Select(w => w.ToString("R", CultureInfo.InvariantCulture)),
        Seed.ToString(CultureInfo.InvariantCulture),
        DsconvBits.ToString(CultureInfo.InvariantCulture),
        .. Validation.Concat(Test).Select(percent => percent.ToString("0.0##", CultureInfo.InvariantCulture)),
        CpuSecondsPerEpoch.ToString("F3", CultureInfo.InvariantCulture),
    ]);
}
