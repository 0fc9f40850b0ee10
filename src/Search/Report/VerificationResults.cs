using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>Groups the runs on the test split by network.</summary>
internal static class VerificationResults
{
    /// <summary>Bytes of one unquantised weight.</summary>
    public const int Fp32BytesPerWeight = 4;

    /// <summary>In the order FP32, chosen, front, reversed, uniform, what is no longer wanted; within each by memory, then bits.</summary>
    public static IReadOnlyList<ReportedVerification> Of(SearchState state, Estimates estimates) =>
    [
        .. state.Verification
            .GroupBy(run => (run.Bits, run.Epochs))
            .Select(network => Summarize(state, estimates, network.Key.Bits, network.Key.Epochs, [.. network.OrderBy(run => run.Seed)]))
            .OrderBy(result => result.Groups.Count == 0 ? int.MaxValue : (int)result.Groups[0])
            .ThenBy(result => result.MemoryBytes)
            .ThenBy(result => result.Bits)
            .ThenBy(result => result.Epochs),
    ];

    /// <summary>The FP32 size of the layers that the search quantises, bytes.</summary>
    public static long Fp32Bytes(SearchDefinition definition) =>
        definition.Workload.Layers.Sum(layer => layer.WeightCount) * Fp32BytesPerWeight;

    private static ReportedVerification Summarize(
        SearchState state, Estimates estimates, BitVector bits, int epochs, IReadOnlyList<VerificationRun> runs)
    {
        VerificationRun[] measured = [.. runs.Where(run => run.Accuracy is not null)];
        double[] accuracies = [.. measured.Select(run => run.Accuracy!.Value)];
        double? mean = accuracies.Length == 0 ? null : accuracies.Average();
        Estimate? estimate = estimates.Of(bits);
        return new ReportedVerification(
            bits,
            [.. runs.SelectMany(run => run.Groups).Distinct().Order()],
            epochs,
            bits.IsEmpty ? Fp32Bytes(state.Definition) : state.Definition.SizeOf(bits).MemoryBytes,
            accuracies.Length,
            mean,
            SampleDeviation(accuracies),
            estimate,
            mean - estimate?.Mean,
            SearchAccuracy(state, bits),
            accuracies,
            [.. measured.Select(run => run.Seed)],
            [.. runs.Select(run => run.Failure).OfType<string>()]);
    }

    private static double? SearchAccuracy(SearchState state, BitVector bits) => bits.IsEmpty
        ? state.Baseline?.Accuracy
        : state.TrialOf(bits) is { Measurements.Count: > 0 } trial ? trial.Measurements[^1].Accuracy : null;

    private static double? SampleDeviation(double[] values)
    {
        if (values.Length < 2)
        {
            return null;
        }

        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
