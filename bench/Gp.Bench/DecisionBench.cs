namespace Bitcurve.Gp.Bench;

/// <summary>What a search asks of a fitted model: the next candidate, one more observation taken in, what to expect everywhere.</summary>
public static class DecisionBench
{
    private const int Candidates = 10_000;
    private const int JobsInFlight = 8;
    private const int FrontPoints = 48;
    private const int Dimensions = 4;

    private static readonly Dictionary<int, double> SuggestTargetMs = new() { [65] = 30, [300] = 250, [1200] = 2500 };

    /// <summary>The gains of all 15 sets of tasks at 10,000 candidates, the best one picked, with 8 jobs in flight.</summary>
    public static void Suggest(Arguments arguments, Report report)
    {
        var candidates = DrawnProblem.Uniform(Dimensions, Candidates, seed: 1);
        var front = DrawnProblem.Uniform(Dimensions, FrontPoints, seed: 2);
        var pending = Pending();
        foreach (var size in arguments.SizesOr(65, 300, 1200))
        {
            var model = Model(size);
            foreach (var threads in arguments.Threads)
            {
                ComputeThreads.Maximum = threads;
                double? target = SuggestTargetMs.TryGetValue(size, out var ms) ? ms : null;
                var duration = TimeSpan.FromSeconds(3);
                report.Add("suggest", "about the function", size, Timing.Of(
                    () => Best(model.InformationAboutFunction(DrawnProblem.Target, pending).At(candidates)), duration), target);
                report.Add("suggest", $"about {FrontPoints} points", size, Timing.Of(
                    () => Best(model.InformationAboutPoints(DrawnProblem.Target, front, pending).At(candidates)), duration), target);
            }
        }
    }

    /// <summary>The model given one more observation.</summary>
    public static void Append(Arguments arguments, Report report)
    {
        foreach (var size in arguments.SizesOr(65, 300, 1200))
        {
            var (model, last) = (Model(size), Problem(size).Last);
            foreach (var threads in arguments.Threads)
            {
                ComputeThreads.Maximum = threads;
                report.Add("append", "one observation", size, Timing.Of(() => model.Append(last), TimeSpan.FromSeconds(2)),
                    size == 1200 ? 5 : null);
            }
        }
    }

    /// <summary>Means and variances of four tasks at 10,000 points, each time from a newly conditioned model.</summary>
    public static void Predict(Arguments arguments, Report report)
    {
        var points = DrawnProblem.Uniform(Dimensions, Candidates, seed: 1);
        foreach (var size in arguments.SizesOr(65, 300, 1200))
        {
            foreach (var threads in arguments.Threads)
            {
                ComputeThreads.Maximum = threads;
                Model(size).Model.At(points).OfEachTask();
                report.Add(
                    "predict", "10,000 points x 4 tasks", size,
                    Timing.OfPrepared(() => Model(size), model => model.Model.At(points).OfEachTask(), size > 1000 ? 3 : 9),
                    size == 300 ? 250 : null);
            }
        }
    }

    private static DrawnProblem Problem(int size) => DrawnProblem.Of(Dimensions, size, DesignKind.Search, seed: 7);

    private static MultiTaskRegression Model(int size) => Problem(size).AtTruth();

    private static Design Pending()
    {
        var points = DrawnProblem.Uniform(Dimensions, JobsInFlight, seed: 3);
        var rows = Enumerable.Range(0, JobsInFlight * DrawnProblem.TaskCount).ToArray();
        return new Design(
            points.Select([.. rows.Select(row => row / DrawnProblem.TaskCount)]), [.. rows.Select(row => row % DrawnProblem.TaskCount)],
            DrawnProblem.TaskCount);
    }

    private static (int Candidate, int Set) Best(InformationTable table)
    {
        const int sets = 1 << DrawnProblem.TaskCount;
        var gains = table.GainsOfEverySet();
        var best = (Score: double.NegativeInfinity, Candidate: 0, Set: 0);
        for (var entry = 0; entry < gains.Length; entry++)
        {
            // A job costs its longest training and an overhead.
            var set = entry % sets;
            var score = gains[entry] / (0.3 + (set >= 8 ? 15 : set >= 4 ? 2 : set >= 2 ? 1 : 0));
            best = score > best.Score ? (score, entry / sets, set) : best;
        }
        return (best.Candidate, best.Set);
    }
}
