using System.Diagnostics;
using Bitcurve.Search.Bench.Problems;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Bench.Quality;

/// <summary>Runs whole searches on problems of known truth and notes how good their outcome was.</summary>
public static class QualityCommand
{
    public static readonly IReadOnlyList<string> Options =
        ["--out", "--problems", "--strategies", "--workers", "--budget", "--seeds", "--first-seed", "--jobs", "--table"];

    private const string DefaultStrategies = "information-gain,random,thesis";
    private const string DefaultBudget = "150epochs";
    private const int DefaultSeeds = 27;
    private const int DefaultFirstSeed = 1000;

    /// <returns>0, or 1 where a search ended in an error; the others are finished all the same.</returns>
    public static int Run(CommandArguments arguments)
    {
        var file = QualityFile.Open(arguments.Required("--out"));
        var budget = Budget.Parse(arguments.Text("--budget") ?? DefaultBudget);
        var first = arguments.Integer("--first-seed", DefaultFirstSeed, minimum: 0);
        var seeds = Enumerable.Range(first, arguments.Integer("--seeds", DefaultSeeds));
        var workers = List(arguments.Text("--workers") ?? "1").Select(Workers).ToList();
        var variants = List(arguments.Text("--strategies") ?? DefaultStrategies).Select(Variant.Parse).ToList();
        var problems = List(arguments.Text("--problems") ?? string.Join(',', ProblemCatalogue.Names)).Select(name => ProblemCatalogue.Create(name, arguments.Text("--table"))).ToList();
        var missing = (from seed in seeds
                       from problem in problems
                       from count in workers
                       from variant in variants
                       where !file.Contains(SearchQuality.KeyOf(problem.Name, problem.Candidates.Count, variant.Label, count, budget.ToString(), seed))
                       select new Planned(problem, variant, count, budget, seed)).ToList();
        return RunAll(missing, file, arguments.Integer("--jobs", 1)) == 0 ? 0 : 1;
    }

    private static int RunAll(List<Planned> missing, QualityFile file, int jobs)
    {
        var (start, done, failed) = (Stopwatch.GetTimestamp(), 0, 0);
        Console.Error.WriteLine($"{missing.Count} searches to run");
        Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = jobs }, planned =>
        {
            try
            {
                var search = SimulatedSearch.Run(planned.Problem, planned.Variant, planned.Workers, planned.Budget, planned.Seed);
                var quality = QualityMeasurement.Of(planned.Problem, planned.Variant, planned.Workers, search);
                file.Append(quality);
                Progress(Interlocked.Increment(ref done), missing.Count, quality, Stopwatch.GetElapsedTime(start));
            }
            catch (Exception error) when (error is not IOException)
            {
                // A fault of one strategy must not cost the night's other searches; all of it is shown, and counted in the exit code.
                Interlocked.Increment(ref failed);
                Console.Error.WriteLine($"{planned.Problem.Name} {planned.Variant.Label} x{planned.Workers} seed {planned.Seed} FAILED: {error}");
            }
        });
        return failed;
    }

    private static void Progress(int done, int all, SearchQuality quality, TimeSpan elapsed) => Console.Error.WriteLine(FormattableString.Invariant(
        $"{done}/{all} {quality.Problem} {quality.Variant} x{quality.Workers} seed {quality.Seed}: regret {quality.RegretRecommended1000:F2} recommended, {quality.RegretObserved1000:F2} observed, {quality.Jobs} jobs, {(elapsed / done * (all - done)).TotalMinutes:F1} min left"));

    private static IReadOnlyList<string> List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int Workers(string text) => int.TryParse(text, out var count) && count >= 1
        ? count
        : throw new ArgumentException($"--workers: expected numbers of at least 1 such as 1,8, actual '{text}'");

    private sealed record Planned(QualityProblem Problem, Variant Variant, int Workers, Budget Budget, long Seed);
}
