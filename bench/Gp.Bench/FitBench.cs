namespace Bitcurve.Gp.Bench;

/// <summary>
/// Maximum likelihood from scratch, how far it stays below the best that a much longer run finds, and a refit from there once one more
/// observation is there.
/// </summary>
public static class FitBench
{
    private static readonly Dictionary<int, double> TargetMs = new() { [65] = 100, [300] = 600, [600] = 3000, [1200] = 20_000 };

    /// <summary>The runtime replaces code by better code only once it has run for a while; the first case must not pay for all.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static void Run(Arguments arguments, Report report)
    {
        var small = DrawnProblem.Of(2, 65, DesignKind.Distinct, seed: 1);
        Timing.Of(() => Cold(small.First), WarmUp);
        foreach (var size in arguments.SizesOr(65, 300, 600, 1200))
        {
            foreach (var kind in Enum.GetValues<DesignKind>())
            {
                foreach (var (dimensions, seed) in new[] { 2, 4 }.SelectMany(dimensions => arguments.Seeds.Select(seed => (dimensions, seed))))
                {
                    Measure(arguments, report, size, kind, dimensions, seed);
                }
            }
        }
    }

    private static void Measure(Arguments arguments, Report report, int size, DesignKind kind, int dimensions, int seed)
    {
        var problem = DrawnProblem.Of(dimensions, size, kind, seed);
        var name = $"{kind.ToString().ToLowerInvariant()}, d = {dimensions}" + (arguments.Seeds.Count > 1 ? $", seed {seed}" : "");
        var repetitions = size switch { < 200 => 15, < 500 => 5, < 1000 => 3, _ => 1 };
        double? best = null;
        foreach (var threads in arguments.Threads)
        {
            ComputeThreads.Maximum = threads;
            var fit = Cold(problem.First);
            var cold = Timing.OfPrepared(() => problem.First, data => Cold(data), repetitions);
            best ??= BestFound(problem, fit);
            report.Add(
                "fit", name, size, cold, TargetMs.TryGetValue(size, out var target) ? target : null,
                ("evaluations", fit.Evaluations), ("gap, nats", best.Value - fit.LogMarginalLikelihood));
            MeasureWarm(report, problem, fit, name, size, cold, repetitions);
        }
    }

    private static void MeasureWarm(
        Report report, DrawnProblem problem, HyperparameterFitResult fit, string name, int size, Timing cold, int repetitions)
    {
        var warmStart = fit.ToWarmStart();
        var warmFit = Warm(problem.All, warmStart);
        var warm = Timing.OfPrepared(() => problem.All, data => Warm(data, warmStart), repetitions);
        report.Add(
            "warm refit", name, size, warm, cold.MedianMs / 5,
            ("evaluations", warmFit.Evaluations), ("cold / warm, processor", cold.ProcessorMs / warm.ProcessorMs));
    }

    private static HyperparameterFitResult Cold(Observations observations) =>
        Fit(observations, new FitOptions { Priors = null }, null);

    private static HyperparameterFitResult Warm(Observations observations, WarmStart start) =>
        Fit(observations, new FitOptions { Priors = null, Restarts = 1 }, start);

    /// <summary>The best log marginal likelihood after polishing a long run, the fit itself and the true hyperparameters.</summary>
    private static double BestFound(DrawnProblem problem, HyperparameterFitResult fit)
    {
        var options = new FitOptions
        {
            Priors = null,
            Restarts = problem.First.Count <= 300 ? 20 : 3,
            IterationLimit = problem.First.Count <= 300 ? 1000 : 200,
            Tolerance = 1e-9,
            SubsetAbove = int.MaxValue,
            Seed = 101,
        };
        var truth = new WarmStart(problem.Truth(Standardization.Of(problem.First, DrawnProblem.Target)));
        WarmStart[] starts = [Fit(problem.First, options, null).ToWarmStart(), fit.ToWarmStart(), truth];
        return starts.Max(start => Fit(problem.First, options with { Restarts = 1 }, start).LogMarginalLikelihood);
    }

    private static HyperparameterFitResult Fit(Observations observations, FitOptions options, WarmStart? warmStart) =>
        MultiTaskRegression.Fit(observations, DrawnProblem.Target, KernelKind.SquaredExponential, options, warmStart).FitResult!;
}
