using Bitcurve.Search.Bench.Problems;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Bench.Quality;

/// <summary>Judges a finished search by the problem's truth. The model is fitted to the final state with the variant's own settings, also after a random search.</summary>
public sealed class QualityMeasurement
{
    private const double NormalQuantile95 = 1.6448536269514722;
    private const double Percent = 100;

    private readonly QualityProblem problem;
    private readonly SearchState state;
    private readonly IReadOnlyList<Configuration> predicted;
    private readonly IReadOnlyList<(double Lower, double Upper)> intervals;
    private readonly IReadOnlyList<(double Lower, double Upper)> measurementIntervals;
    private readonly IReadOnlyList<Configuration> observed;
    private readonly IReadOnlyList<FrontPoint> all;

    private QualityMeasurement(QualityProblem problem, SearchState state)
    {
        (this.problem, this.state) = (problem, state);
        var model = SurrogateModel.Fit(state, SurrogateModel.Recall(state.SelectionMemory));
        var predictions = model.Predict(problem.Candidates);
        predicted = [.. problem.Candidates.Zip(predictions, (candidate, prediction) => ConfigurationOf(candidate.Bits, prediction.Mean))];
        intervals = model.Intervals(problem.Candidates, NormalQuantile95);
        measurementIntervals = model.Intervals(problem.Candidates, NormalQuantile95, ofMeasurement: true);
        observed = Chosen.AtHighestFidelity(state.MeasuredConfigurations());
        all = [.. problem.Candidates.Select(candidate => PointOf(candidate.Bits))];
    }

    public static SearchQuality Of(QualityProblem problem, Variant variant, int workers, SimulatedSearch search)
    {
        var judged = new QualityMeasurement(problem, search.State);
        var unmeasured = problem.Candidates.Where(candidate => search.State.TrialOf(candidate.Bits)?.IsMeasuredAt(QualityProblem.Tasks[^1]) != true).ToHashSet();
        return new SearchQuality
        {
            Problem = problem.Name,
            Variant = variant.Label,
            Workers = workers,
            Budget = search.State.Definition.Budget.ToString(),
            Seed = search.State.Definition.Seed,
            Candidates = problem.Candidates.Count,
            RegretRecommended1000 = judged.Regret(judged.predicted, 1000),
            RegretObserved1000 = judged.Regret(judged.observed, 1000),
            RegretRecommended100 = judged.Regret(judged.predicted, 100),
            RegretObserved100 = judged.Regret(judged.observed, 100),
            DeficitRecommended = judged.Deficit(judged.predicted),
            DeficitObserved = judged.Deficit(judged.observed),
            CoverageAll = judged.Coverage(judged.intervals, problem.Truth, _ => true),
            CoverageUnmeasured = judged.Coverage(judged.intervals, problem.Truth, unmeasured.Contains),
            CoverageMeasurement = judged.Coverage(
                judged.measurementIntervals, bits => problem.Observe(bits, QualityProblem.Tasks[^1], search.State.Definition.Seed), unmeasured.Contains),
            PredictionError = judged.PredictionError(),
            Jobs = search.State.Spent.Jobs,
            TargetNetworks = problem.Candidates.Count - unmeasured.Count,
            Epochs = search.State.Spent.Epochs,
            WallEpochs = search.WallEpochs,
            SecondsPerDecision = search.DecisionTime.TotalSeconds / Math.Max(1, search.State.Decisions.Count),
        };
    }

    // What is best by its own figures, judged by the truth.
    private double Regret(IReadOnlyList<Configuration> known, double bitsPerAccuracy)
    {
        var chosen = Ranking.Order(known, new ChoosingSettings { BitsPerAccuracy = bitsPerAccuracy })[0];
        double Effective(BitVector bits) => EffectiveAccuracy.Of(problem.Truth(bits), bits, bitsPerAccuracy);
        return Percent * (problem.Candidates.Max(candidate => Effective(candidate.Bits)) - Effective(chosen.Bits));
    }

    private double Deficit(IReadOnlyList<Configuration> known) =>
        Percent * FrontDeficit.Of(ParetoFront.Of(known).Select(member => PointOf(member.Bits)), all);

    private double Coverage(IReadOnlyList<(double Lower, double Upper)> of, Func<BitVector, double> value, Func<Candidate, bool> counts)
    {
        var inside = Enumerable.Range(0, predicted.Count)
            .Where(k => counts(problem.Candidates[k]))
            .Select(k => value(predicted[k].Bits) is var actual && of[k].Lower <= actual && actual <= of[k].Upper)
            .ToList();
        return Percent * inside.Count(isInside => isInside) / inside.Count;
    }

    private double PredictionError() => Percent * Math.Sqrt(predicted.Average(p => Math.Pow(p.Accuracy - problem.Truth(p.Bits), 2)));

    private FrontPoint PointOf(BitVector bits) => new(problem.MemoryBits(bits), problem.Truth(bits));

    private Configuration ConfigurationOf(BitVector bits, double accuracy) => new(bits, accuracy, QualityProblem.Tasks[^1], state.Definition.SizeOf(bits));
}
