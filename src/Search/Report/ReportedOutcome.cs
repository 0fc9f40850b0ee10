using System.Text.Json.Serialization;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>The same level in every layer: the reference that a search has to beat.</summary>
/// <param name="Bits">One width, n times; for harmonics one number, or all where a kernel has fewer; for both one width and all harmonics.</param>
/// <param name="MemoryBytes">Bytes.</param>
/// <param name="Estimate">The model's estimate at the target, null without one.</param>
/// <param name="Accuracy">Validation, when the search ran it, at its highest fidelity.</param>
/// <param name="Epochs">Epochs that <paramref name="Accuracy"/> belongs to.</param>
/// <param name="TestAccuracy">Mean over its verification runs.</param>
public sealed record ReportedUniform(
    BitVector Bits, long MemoryBytes, Estimate? Estimate, double? Accuracy, int? Epochs, double? TestAccuracy)
{
    /// <summary>The number of harmonics, which not every layer may have; null for bit-widths.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Level { get; init; }

    /// <summary>The level that the network is named by.</summary>
    public int LevelOrBits() => Level ?? Bits[0];
}

/// <summary>A measured network that no other one beats in both accuracy and memory.</summary>
public sealed record ReportedFrontMember(
    int Trial, BitVector Bits, long MemoryBytes, double Accuracy, int Epochs, Estimate? Estimate, double? TestAccuracy);

/// <summary>A network that the model expects on the front; it may never have been trained.</summary>
public sealed record ReportedPrediction(BitVector Bits, long MemoryBytes, double Mean, double Deviation);

/// <summary>The network that the search recommends, with one sentence saying why.</summary>
public sealed record ReportedChoice(
    int Trial,
    BitVector Bits,
    long MemoryBytes,
    double Accuracy,
    int Epochs,
    double EffectiveAccuracy,
    Estimate? Estimate,
    string Reason);

/// <summary>Everything measured on the test split about one network.</summary>
/// <param name="Bits">Empty for FP32.</param>
/// <param name="Groups">Every reason to verify it.</param>
/// <param name="Epochs">Epochs of fine-tuning.</param>
/// <param name="MemoryBytes">Bytes; FP32 at 32 bits per weight.</param>
/// <param name="Runs">Runs with a result, one fine-tuning seed each.</param>
/// <param name="Mean">Over these runs, null when none has a result.</param>
/// <param name="Deviation">Sample standard deviation over these runs, null for fewer than two.</param>
/// <param name="Estimate">The model's estimate of the validation accuracy, null without one.</param>
/// <param name="DifferenceToEstimate"><paramref name="Mean"/> less the estimate's mean.</param>
/// <param name="SearchAccuracy">Validation accuracy that the search measured at its highest fidelity, null when it did not.</param>
/// <param name="Accuracies">One per run, in the order of <paramref name="Seeds"/>.</param>
/// <param name="Seeds">Fine-tuning seeds of the runs.</param>
/// <param name="Failures">Why other runs have no result.</param>
public sealed record ReportedVerification(
    BitVector Bits,
    IReadOnlyList<VerificationGroup> Groups,
    int Epochs,
    long MemoryBytes,
    int Runs,
    double? Mean,
    double? Deviation,
    Estimate? Estimate,
    double? DifferenceToEstimate,
    double? SearchAccuracy,
    IReadOnlyList<double> Accuracies,
    IReadOnlyList<long> Seeds,
    IReadOnlyList<string> Failures);

/// <summary>Whether the test split confirms the order of the measured front (<see cref="FrontOrdering"/>).</summary>
/// <param name="Pairs">Pairs of verified front members.</param>
/// <param name="Reversed">Pairs in which the smaller network has the better test mean, by however little.</param>
/// <param name="Contradicted">Of these, by more than two combined standard errors; null when no network was run twice.</param>
/// <param name="PooledDeviation">Standard deviation of one run over fine-tuning seeds, pooled; null when no network was run twice.</param>
/// <param name="Holds">No pair contradicted; null without pairs, or without a standard error.</param>
public sealed record ReportedFrontCheck(int Pairs, int Reversed, int? Contradicted, double? PooledDeviation, bool? Holds);
