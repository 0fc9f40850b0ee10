using System.Collections.Concurrent;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>
/// Sizes of the networks that a search tried: they never change, and whoever watches asks for all of them after every report. States that
/// follow one another share them. Thread-safe.
/// </summary>
internal sealed class TrialSizes
{
    private readonly ConcurrentDictionary<BitVector, ModelSize> sizes = new();
    private Basis? basis;

    /// <summary>What a size depends on besides the levels.</summary>
    private sealed record Basis(WorkloadDescription Workload, CurveSpace Space, QuantizerSettings Quantizer);

    internal ModelSize Of(SearchDefinition definition, BitVector bits)
    {
        // A search keeps these for life; a state that was given another definition is not worth remembering.
        Basis first = Volatile.Read(ref basis) ?? Claim(new Basis(definition.Workload, definition.Space, definition.Quantizer));
        return ReferenceEquals(first.Workload, definition.Workload)
            && ReferenceEquals(first.Space, definition.Space)
            && ReferenceEquals(first.Quantizer, definition.Quantizer)
            ? sizes.GetOrAdd(bits, static (bits, definition) => definition.SizeOf(bits), definition)
            : definition.SizeOf(bits);
    }

    private Basis Claim(Basis mine) => Interlocked.CompareExchange(ref basis, mine, null) ?? mine;
}
