using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>Everything that the user decides about a search before it starts. Only the budget may grow later.</summary>
public sealed record SearchDefinition
{
    public required string Id { get; init; }

    /// <summary>What the user calls it; null for nothing but the id.</summary>
    public string? Name { get; init; }

    public required WorkloadDescription Workload { get; init; }

    public required CurveSpace Space { get; init; }

    /// <summary>Fidelities, ascending epochs of fine-tuning, e.g. 0, 1, 2, 15; the last is the target.</summary>
    public required IReadOnlyList<int> Tasks { get; init; }

    public required Budget Budget { get; init; }

    /// <summary>Seed of the baseline, of every fine-tuning of the search, and of the selection's own draws.</summary>
    public required long Seed { get; init; }

    public QuantizerSettings Quantizer { get; init; } = new();

    public SelectionSettings Selection { get; init; } = new();

    public ChoosingSettings Choosing { get; init; } = new();

    public VerificationSettings Verification { get; init; } = new();

    public SharingSettings Sharing { get; init; } = new();

    /// <summary>Epochs of the target task.</summary>
    public int TargetEpochs => Tasks[^1];

    public int VerificationEpochs => Verification.Epochs ?? TargetEpochs;

    /// <summary>The layers that the space chooses levels for: all but those that the quantiser skips, in module order.</summary>
    public IReadOnlyList<LayerDescription> SearchedLayers => SkippedLayers.Without(Workload.Layers, Quantizer.Skip);

    /// <summary>What a network is made of, layer by layer of the workload.</summary>
    public Scheme SchemeOf(BitVector bits) => Scheme.Of(Space, bits, Workload.Layers, Quantizer.Skip);

    public ModelSize SizeOf(BitVector bits) => ModelSize.Of(Workload.Layers, SchemeOf(bits), Quantizer.BlockSize, Quantizer.MultiplierBits);

    /// <exception cref="ArgumentException">The parts do not fit together; the message names expected and actual.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Id))
        {
            throw new ArgumentException($"Search id: expected a name, actual '{Id}'.");
        }

        Quantizer.Validate();
        ValidateSpace();

        if (Tasks.Count == 0 || Tasks[0] < 0 || Tasks.Zip(Tasks.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"Tasks: expected ascending epochs from 0 such as 0,1,2,15, actual '{string.Join(',', Tasks)}'.");
        }

        Selection.Validate();
        Choosing.Validate();
        Verification.Validate();
        Sharing.Validate();
        if (Selection.StopRegret is not null && Choosing.RankBy is not (RankBy.Effective or RankBy.Accuracy))
        {
            throw new ArgumentException($"Stop regret: expected networks ranked by effective accuracy or accuracy, actual {Choosing.RankBy}.");
        }
    }

    private void ValidateSpace()
    {
        IReadOnlyList<LayerDescription> searched = SearchedLayers;
        SkippedLayers.Require(Workload, Quantizer.Skip);
        if (Space.Layers != searched.Count)
        {
            throw new ArgumentException($"Space: expected {searched.Count} layers as in {Workload.Name}, actual {Space.Layers}.");
        }

        if (Space.MaximumBits > BitVector.MaximumBits)
        {
            throw new ArgumentException($"Space: expected at most {BitVector.MaximumBits} bits, actual {Space.MaximumBits}.");
        }

        if (!Space.HasHarmonics && (Quantizer.Series, Quantizer.Fit) != default)
        {
            throw new ArgumentException(
                $"Series: expected {SeriesBasis.Cosine} and {SeriesFit.Closed} where no harmonics are searched, actual {Quantizer.Series} and {Quantizer.Fit}.");
        }

        var actual = new HarmonicLimits(Space.LowestHarmonics ?? default, Space.HighestHarmonics ?? default);
        if (Space.HasHarmonics && HarmonicLimits.Of(searched) is HarmonicLimits expected && actual != expected)
        {
            throw new ArgumentException(
                $"Space: expected harmonics {expected.Lowest}..{expected.Highest} as in {Workload.Name}, actual {actual.Lowest}..{actual.Highest}.");
        }
    }
}
