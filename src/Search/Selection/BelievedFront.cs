using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>What the model would recommend if the search ended now.</summary>
internal static class BelievedFront
{
    /// <summary>
    /// The network of the best predicted rank, then the front of predicted accuracy against memory in the order in which it is worth
    /// confirming: best rank first. Empty when no network meets the hard limits.
    /// </summary>
    internal static IReadOnlyList<Configuration> Of(
        IReadOnlyList<Candidate> candidates, IReadOnlyList<(double Mean, double Deviation)> predictions, SearchState state)
    {
        var definition = state.Definition;
        var predicted = candidates
            .Zip(predictions, (c, p) => new Configuration(c.Bits, p.Mean, definition.TargetEpochs, definition.SizeOf(c.Bits)) { Scale = state.Scale })
            .ToList();
        var ranked = Ranking.Order(predicted, definition.Choosing);
        return [.. ranked.Take(1).Concat(Ranking.Order(ParetoFront.Of(predicted), definition.Choosing)).DistinctBy(c => c.Bits)];
    }
}
