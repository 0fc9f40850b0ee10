using System.Text.Json.Serialization;

namespace Bitcurve.Search.Cli.Train;

/// <summary>The last line of <c>bitcurve train</c>.</summary>
internal sealed record TrainingResult
{
    public required string Workload { get; init; }

    public required long Seed { get; init; }

    public required int Epochs { get; init; }

    public required string Metric { get; init; }

    /// <summary><c>maximize</c> or <c>minimize</c>.</summary>
    public required string Goal { get; init; }

    /// <summary>On the validation split before training.</summary>
    public required double Start { get; init; }

    /// <summary>On the validation split after training.</summary>
    public required double Value { get; init; }

    /// <summary>On the validation split by the best answer that does not look at its input.</summary>
    public required double Trivial { get; init; }

    /// <summary>All figures of the validation split by name.</summary>
    public required IReadOnlyDictionary<string, double> Validation { get; init; }

    public required IReadOnlyDictionary<string, double> Test { get; init; }

    public required double TestTrivial { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Median over the epochs.</summary>
    public required double SecondsPerEpoch { get; init; }

    /// <summary>Safetensors file.</summary>
    public required string Weights { get; init; }

    /// <summary>What fine-tuning with given bits came to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuantizedTraining? Quantized { get; init; }
}

/// <param name="Bits">One digit per layer.</param>
/// <param name="Epochs">Of fine-tuning.</param>
/// <param name="Start">Metric on the validation split right after quantisation.</param>
/// <param name="Validation">All figures after fine-tuning.</param>
/// <param name="Test">The same on the test split.</param>
internal sealed record QuantizedTraining(string Bits, int Epochs, double Start, IReadOnlyDictionary<string, double> Validation, IReadOnlyDictionary<string, double> Test);
