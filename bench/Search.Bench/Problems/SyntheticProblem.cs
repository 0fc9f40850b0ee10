using Bitcurve.Models.Data;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Bench.Problems;

/// <summary>A known function of the curve's parameters as the accuracy of a network of equal layers.</summary>
/// <param name="score">Score in about [0,1] at a point of the unit cube and a fidelity in [0,1]; 1 is the best of fidelity 1.</param>
/// <param name="informative">Whether fidelities below 1 are the literature's; otherwise each is an unrelated random function.</param>
public sealed class SyntheticProblem(Func<IReadOnlyList<double>, double, double> score, bool informative = true) : QualityProblem
{
    private const double LowestAccuracy = 0.1;
    private const double HighestAccuracy = 0.95;
    private const double NoiseDeviation = 0.003;
    private const int LayerCount = 16;
    private const int MaximumCandidates = 300;

    private Dictionary<BitVector, IReadOnlyList<double>> ParametersOf => field ??= Candidates.ToDictionary(c => c.Bits, c => c.W);

    public static SyntheticProblem Branin(string name = "branin", bool informative = true) => Create(name, 2, (x, z) => 1
        - ((SyntheticFunctions.Branin(x, z) - SyntheticFunctions.BraninMinimum) / (SyntheticFunctions.BraninMaximum - SyntheticFunctions.BraninMinimum)), informative);

    // Far from all four peaks the function is 1.1 / 0.839.
    public static SyntheticProblem Hartmann4() => Create("hartmann4", 4, (x, z) =>
        ((1.1 / 0.839) - SyntheticFunctions.Hartmann4(x, z)) / ((1.1 / 0.839) - SyntheticFunctions.Hartmann4Minimum));

    public static SyntheticProblem Borehole() => Create("borehole", 8, (x, z) =>
        (SyntheticFunctions.Borehole(x, z) - SyntheticFunctions.BoreholeMinimum) / (SyntheticFunctions.BoreholeMaximum - SyntheticFunctions.BoreholeMinimum));

    /// <summary>Branin at the target, nothing about it below: what many cheap measurements cost a search that believes in them.</summary>
    public static SyntheticProblem Misleading() => Branin("misleading", informative: false);

    public override double Observe(BitVector bits, int epochs, long seed)
    {
        var task = Tasks.ToList().IndexOf(epochs);
        var w = ParametersOf[bits];
        var value = informative || task == Tasks.Count - 1
            ? score(w, task / (Tasks.Count - 1.0))
            : new RandomSurface(seed, task, w.Count).At(w);
        return Accuracy(value) + (NoiseDeviation * new KeyedRandom(seed, [epochs, .. bits.ToArray()]).NextNormal());
    }

    public override double Truth(BitVector bits) => Accuracy(score(ParametersOf[bits], 1));

    private static double Accuracy(double score) => LowestAccuracy + ((HighestAccuracy - LowestAccuracy) * score);

    private static SyntheticProblem Create(string name, int dimension, Func<IReadOnlyList<double>, double, double> score, bool informative = true)
    {
        var space = new CurveSpace(CurveKind.Bezier, dimension, LayerCount);
        return new SyntheticProblem(score, informative)
        {
            Name = name,
            Space = space,
            Layers = [.. Enumerable.Range(1, LayerCount).Select(layer => new Workers.Contracts.LayerDescription($"layer{layer}", [32, 32, 3, 3], 1))],
            Candidates = LowDiscrepancyCandidates.Of(space, MaximumCandidates),
            BaselineAccuracy = HighestAccuracy,
            BaselineIsAtMostBits = false,
        };
    }
}
