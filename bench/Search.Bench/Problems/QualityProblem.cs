using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Problems;

/// <summary>Something to search on that answers at once and whose truth is known. Immutable; safe to share between threads.</summary>
public abstract class QualityProblem
{
    /// <summary>Training lengths to choose from, epochs, as in the product's default.</summary>
    public static readonly IReadOnlyList<int> Tasks = [0, 1, 2, 15];

    public required string Name { get; init; }

    public required CurveSpace Space { get; init; }

    public required IReadOnlyList<LayerDescription> Layers { get; init; }

    /// <summary>Every network that a search may pick.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>FP32 accuracy on the validation split, a fraction.</summary>
    public required double BaselineAccuracy { get; init; }

    /// <summary>Whether 8 bits everywhere really reach the FP32 accuracy: only then may a model take that for an observation.</summary>
    public required bool BaselineIsAtMostBits { get; init; }

    public WorkloadDescription Workload => new(Name, new string('0', 64), "accuracy", Layers, BaselineEpochs: 1);

    /// <summary>What a search with this seed measures, a fraction; the same arguments give the same value.</summary>
    /// <param name="bits">One of the candidates.</param>
    /// <param name="epochs">One of <see cref="Tasks"/>.</param>
    /// <param name="seed">Of the search.</param>
    public abstract double Observe(BitVector bits, int epochs, long seed);

    /// <summary>Accuracy at the target without observation noise, as far as it is known; a fraction.</summary>
    public abstract double Truth(BitVector bits);

    /// <summary>DSConv bits at the product's block size: what the front of accuracy against memory is drawn over.</summary>
    public long MemoryBits(BitVector bits) => ModelSize.Of(Layers, bits).DsconvBits;
}
