using Bitcurve.Search.Bench.Problems;
using Bitcurve.Search.Bench.Quality;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Bench;

/// <summary>Holds the bench's own mathematics against values known from elsewhere.</summary>
public static class SelfCheck
{
    private const double Tolerance = 1e-9;

    /// <returns>1 when a check fails.</returns>
    public static int Run()
    {
        List<(string What, bool Holds)> checks = [.. Functions(), .. Deficits(), .. Intervals(), .. Variants(), .. Tables(), .. Simulations()];
        checks.ForEach(check => Console.WriteLine($"{(check.Holds ? "ok  " : "FAIL")} {check.What}"));
        return checks.TrueForAll(check => check.Holds) ? 0 : 1;
    }

    private static IEnumerable<(string What, bool Holds)> Functions()
    {
        double[][] minima = [[(5 - Math.PI) / 15, 12.275 / 15], [(5 + Math.PI) / 15, 2.275 / 15], [(5 + (3 * Math.PI)) / 15, 2.475 / 15]];
        yield return ("Branin has its three known minima", Array.TrueForAll(minima, x => Near(SyntheticFunctions.Branin(x, 1), SyntheticFunctions.BraninMinimum)));
        yield return ("Branin's maximum is in the corner", Near(SyntheticFunctions.Branin([0, 0], 1), SyntheticFunctions.BraninMaximum));
        var centre = new[] { 0.18739527, 0.19415153, 0.55791777, 0.26477963 };
        yield return ("Hartmann 4 has its known minimum", Math.Abs(SyntheticFunctions.Hartmann4(centre, 1) - SyntheticFunctions.Hartmann4Minimum) < 1e-8);
        yield return ("Nothing lies below the minima", Cube(2).All(x => SyntheticFunctions.Branin(x, 1) >= SyntheticFunctions.BraninMinimum)
            && Cube(4).All(x => SyntheticFunctions.Hartmann4(x, 1) >= SyntheticFunctions.Hartmann4Minimum));
        var corners = Enumerable.Range(0, 256).Select(k => SyntheticFunctions.Borehole([.. Enumerable.Range(0, 8).Select(j => (double)((k >> j) & 1))], 1)).ToList();
        yield return ("The borehole's corners reach its known extremes", Near(corners.Max(), SyntheticFunctions.BoreholeMaximum) && Near(corners.Min(), SyntheticFunctions.BoreholeMinimum));
        double[] middle = [.. Enumerable.Repeat(0.5, 8)];
        yield return ("The borehole's fidelities differ as known in the middle",
            Near(SyntheticFunctions.Borehole(middle, 1), 70.87291263681897) && Near(SyntheticFunctions.Borehole(middle, 0), 56.398719259575394));
    }

    // By hand: all together dominate 2 x 3 from memory 1 to 4; the first and the third alone 1 x 1, from 3 to 4.
    private static IEnumerable<(string What, bool Holds)> Deficits()
    {
        FrontPoint[] all = [new(0, 0), new(1, 2), new(3, 1), new(4, 4)];
        yield return ("The true front has no deficit", Near(FrontDeficit.Of([all[0], all[1], all[3]], all), 0));
        yield return ("A front deficit agrees with one by hand", Near(FrontDeficit.Of([all[2], all[0]], all), 1 - (1.0 / 6)));
        yield return ("Whoever has nothing misses everything", Near(FrontDeficit.Of([], all), 1));
    }

    private static IEnumerable<(string What, bool Holds)> Intervals()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(k => k % 10 / 9.0)];
        var mean = Bootstrap.Mean(values);

        // Standard error of the mean: deviation 0.3191 / 10; the normal interval is the mean +- 1.645 of it.
        yield return ("A bootstrap interval has the width of the normal one", Near(mean.Value, 0.5) && Math.Abs(mean.Upper - mean.Lower - (2 * 1.645 * 0.03191)) < 0.01);
        yield return ("A constant has no width", Bootstrap.Mean([2, 2, 2]) is { Lower: 2, Upper: 2 });
        yield return ("A ratio of proportional values is exact", Bootstrap.RatioOfMeans([2, 4, 6], [1, 2, 3]) is { Value: 2, Lower: 2, Upper: 2 });
        yield return ("The median of an even number lies between", Near(Bootstrap.Median([4, 1, 3, 2]), 2.5));
    }

    private static IEnumerable<(string What, bool Holds)> Variants()
    {
        var variant = Variant.Parse("information-gain:about=function:closing-share=0.25:anchor-baseline=false:bits-per-accuracy=100");
        yield return ("A variant sets what it names",
            variant.Selection is { About: "function", ClosingShare: 0.25, AnchorBaseline: false } && Near(variant.Choosing.BitsPerAccuracy, 100));
        yield return ("An unknown setting is refused", Refuses("random:nothing=1"));
        yield return ("An unknown strategy is refused", Refuses("nobody"));
    }

    private static IEnumerable<(string What, bool Holds)> Tables()
    {
        var problem = ProblemCatalogue.Create("vgg8", null);
        var ones = BitVector.Parse("11111111");
        yield return ("The table has its 101 networks", problem.Candidates.Count == 101);
        yield return ("A search sees validation only", Near(problem.Observe(ones, 15, 3), 0.382) && Near(problem.Truth(ones), (0.382 + 0.4055) / 2));
        yield return ("Memory is the table's", problem.MemoryBits(ones) == 187_056);
    }

    private static IEnumerable<(string What, bool Holds)> Simulations()
    {
        var (problem, budget) = (ProblemCatalogue.Create("vgg8", null), new Budget(BudgetUnit.Epochs, 80));
        var one = SimulatedSearch.Run(problem, Variant.Parse(Variant.Random), 1, budget, 0);
        var four = SimulatedSearch.Run(problem, Variant.Parse(Variant.Random), 4, budget, 0);
        yield return ("One worker's time is what it was charged", Near(one.WallEpochs, one.State.Spent.Epochs) && one.State.Spent.Epochs <= 80);
        yield return ("Four workers share five jobs in two rounds", four.State.Spent.Jobs == 5 && Near(four.WallEpochs, 2 * 15.7));
    }

    private static bool Refuses(string variant)
    {
        try
        {
            return Variant.Parse(variant) is null;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static IEnumerable<double[]> Cube(int dimension) => Enumerable.Range(1, 20_000).Select(index => HaltonSequence.Point(index, dimension));

    private static bool Near(double left, double right) => Math.Abs(left - right) <= Tolerance * Math.Max(1, Math.Abs(right));
}
