namespace Bitcurve.Search.Bench.Quality;

/// <summary>Markdown tables of finished searches: one per problem, number of networks in it, number of workers and budget; a row per variant.</summary>
public static class QualityTable
{
    private static readonly IReadOnlyList<(string Name, Func<SearchQuality, double> Of)> Outcomes =
    [
        ("regret, recommended, k = 1000", q => q.RegretRecommended1000),
        ("regret, observed, k = 1000", q => q.RegretObserved1000),
        ("regret, recommended, k = 100", q => q.RegretRecommended100),
        ("regret, observed, k = 100", q => q.RegretObserved100),
        ("front deficit, recommended", q => q.DeficitRecommended),
        ("front deficit, observed", q => q.DeficitObserved),
    ];

    private static readonly IReadOnlyList<(string Name, Func<SearchQuality, double> Of)> Facts =
    [
        ("coverage, all", q => q.CoverageAll),
        ("coverage, unmeasured", q => q.CoverageUnmeasured),
        ("coverage, measurement", q => q.CoverageMeasurement),
        ("prediction error", q => q.PredictionError),
        ("jobs", q => q.Jobs),
        ("networks at the target", q => q.TargetNetworks),
        ("epochs", q => q.Epochs),
        ("simulated time", q => q.WallEpochs),
        ("ms per decision", q => 1000 * q.SecondsPerDecision),
    ];

    /// <summary>Prints the tables of all files together.</summary>
    /// <exception cref="ArgumentException">No file, a file that cannot be read, or a search that is in two of them.</exception>
    public static int Print(IReadOnlyList<string> paths, TextWriter output)
    {
        if (paths.Count == 0)
        {
            throw new ArgumentException("quality-table: expected at least one file, actual none");
        }

        var searches = paths.SelectMany(QualityFile.Read).ToList();
        if (searches.GroupBy(search => search.Key()).FirstOrDefault(same => same.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"quality-table: expected every search once, actual {repeated.Count()} times {repeated.Key}");
        }

        output.WriteLine("Means with 90 % bootstrap intervals; after the semicolon the median. Regrets and prediction error in accuracy points, deficits and coverage (nominal 90) in %, times in epochs.");
        foreach (var group in searches.GroupBy(search => (search.Problem, search.Candidates, search.Workers, search.Budget)))
        {
            PrintGroup(group.Key.Problem, group.Key.Workers, group.Key.Budget, [.. group.GroupBy(search => search.Variant).Select(v => v.OrderBy(q => q.Seed).ToList())], output);
        }

        return 0;
    }

    private static void PrintGroup(string problem, int workers, string budget, IReadOnlyList<List<SearchQuality>> variants, TextWriter output)
    {
        output.WriteLine($"\n## {problem}, {workers} {(workers == 1 ? "worker" : "workers")}, {budget}, {variants[0][0].Candidates} networks\n");
        Header(output, "variant", "searches", Outcomes.Select(outcome => outcome.Name));
        foreach (var variant in variants)
        {
            Row(output, variant, Outcomes.Select(outcome => Cell([.. variant.Select(outcome.Of)])));
        }

        output.WriteLine();
        Header(output, "variant", "searches", Facts.Select(fact => fact.Name));
        foreach (var variant in variants)
        {
            Row(output, variant, Facts.Select(fact => FormattableString.Invariant($"{variant.Average(fact.Of):F1}")));
        }

        foreach (var reference in variants.Where(variant => variant[0].Variant is Variant.Random or Variant.Thesis))
        {
            output.WriteLine($"\nRatio of means to `{reference[0].Variant}` over the seeds that both have:\n");
            Header(output, "variant", "seeds", Outcomes.Select(outcome => outcome.Name));
            foreach (var variant in variants.Where(variant => variant != reference))
            {
                PrintRatios(variant, reference, output);
            }
        }
    }

    private static void PrintRatios(List<SearchQuality> variant, List<SearchQuality> reference, TextWriter output)
    {
        var pairs = variant.Join(reference, q => q.Seed, q => q.Seed, (own, other) => (Own: own, Other: other)).ToList();
        if (pairs.Count > 0)
        {
            Row(output, [.. pairs.Select(pair => pair.Own)], Outcomes.Select(outcome =>
                Bootstrap.RatioOfMeans([.. pairs.Select(pair => outcome.Of(pair.Own))], [.. pairs.Select(pair => outcome.Of(pair.Other))]).ToString()));
        }
    }

    private static string Cell(IReadOnlyList<double> values) => FormattableString.Invariant($"{Bootstrap.Mean(values)}; {Bootstrap.Median(values):F2}");

    private static void Header(TextWriter output, string first, string second, IEnumerable<string> names)
    {
        string[] columns = [first, second, .. names];
        output.WriteLine($"| {string.Join(" | ", columns)} |");
        output.WriteLine($"|{string.Concat(columns.Select(_ => "---|"))}");
    }

    private static void Row(TextWriter output, List<SearchQuality> variant, IEnumerable<string> cells) =>
        output.WriteLine($"| {variant[0].Variant} | {variant.Count} | {string.Join(" | ", cells)} |");
}
