using Bitcurve.Gp;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Picks the network and training length whose measurements tell most about the target accuracy everywhere, per unit of marginal cost
/// (method.md "What to run next"; thesis 3.2): score = I(new measurements; f_target | all data) / cost. Exact, no sampling.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class InformationGainStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    /// <summary>Accepted values of <see cref="SelectionSettings.About"/>.</summary>
    public static readonly IReadOnlyList<string> AboutNames = ["front", "function"];

    private const int RunnersUpKept = 5;

    public SelectedJob? Next(SearchState state)
    {
        var options = Options(state);
        if (options.Count == 0)
        {
            return null;
        }

        var model = SurrogateModel.Fit(state, SurrogateModel.Recall(state.SelectionMemory));
        var scored = Scores(options, model, state);
        return (IsClosing(state, scored[0].Option) ? Close(scored, model, state) : null) ?? Explore(scored, model, state);
    }

    private static SelectedJob Explore(List<Scored> scored, SurrogateModel model, SearchState state)
    {
        var best = scored[0];
        var about = state.Definition.Selection.About == "front" ? "front" : "accuracy";
        return Select(best, scored, model, state, FormattableString.Invariant(
            $"{best.GainNats:0.###} nats about the {about} after {state.Definition.TargetEpochs} epochs for {best.Option.Cost.TotalEpochs:0.#} epochs of cost: most per epoch of {scored.Count} options"));
    }

    // The closing part of the budget has begun, or the job that exploring wants would leave too little for one network at the target.
    private static bool IsClosing(SearchState state, Option wanted)
    {
        var definition = state.Definition;
        var oneAtTheTarget = definition.TargetEpochs + definition.Selection.JobOverheadEpochs + (definition.Tasks.Count * definition.Selection.EvaluationCostEpochs);
        return definition.Selection.ClosingShare > 0
            && (CostModel.SpentFraction(state) >= 1 - definition.Selection.ClosingShare
                || CostModel.RemainingEpochs(state) - wanted.Cost.TotalEpochs < oneAtTheTarget);
    }

    // Trains to the target what the model believes best, its recommendation first; null when nothing of that is open.
    private SelectedJob? Close(List<Scored> scored, SurrogateModel model, SearchState state)
    {
        var believed = BelievedFront.Of(candidates, model.Predict(candidates), state.Definition);
        var open = scored.Where(s => s.Option.Epochs == state.Definition.TargetEpochs).ToDictionary(s => s.Option.Candidate.Bits);
        var next = believed.FirstOrDefault(b => open.ContainsKey(b.Bits));
        if (next is null)
        {
            return null;
        }

        var what = next.Bits == believed[0].Bits ? "the model's recommendation" : "on the model's front of accuracy against memory";
        return Select(open[next.Bits], scored, model, state, $"{what}: measured at the target before the budget ends");
    }

    private List<Scored> Scores(List<Option> options, SurrogateModel model, SearchState state)
    {
        var open = options.Select(o => o.Candidate).Distinct().ToList();
        var information = state.Definition.Selection.About == "function"
            ? model.InformationAboutFunction(open)
            : model.InformationAbout(LikelyFront.Of(candidates, model, state), open);
        var rankOf = open.Select((candidate, k) => (candidate, k)).ToDictionary(p => p.candidate, p => p.k);
        return [.. options
            .Select(option => Score(option, information[rankOf[option.Candidate]], state.Definition))
            .OrderByDescending(s => s.Score)
            .ThenBy(s => DecisionHash.Of(state.Definition.Seed, [s.Option.Epochs, .. s.Option.Candidate.Bits.ToArray()]))];
    }

    private static Scored Score(Option option, PointInformation information, SearchDefinition definition)
    {
        var tasks = option.Cost.EvaluateAt.Select(epochs => definition.Tasks.ToList().IndexOf(epochs)).ToArray();
        var gain = information.Gain(tasks);
        return new Scored(option, gain, gain / option.Cost.TotalEpochs);
    }

    private static SelectedJob Select(Scored chosen, List<Scored> scored, SurrogateModel model, SearchState state, string reason)
    {
        var (mean, deviation) = model.Predict([chosen.Option.Candidate])[0];
        return new SelectedJob
        {
            Bits = chosen.Option.Candidate.Bits,
            W = chosen.Option.Candidate.W,
            Epochs = chosen.Option.Epochs,
            GainNats = chosen.GainNats,
            CostEpochs = chosen.Option.Cost.TotalEpochs,
            Score = chosen.Score,
            RunnersUp = [.. scored.Where(s => s != chosen).Take(RunnersUpKept).Select(s => new RunnerUp(s.Option.Candidate.Bits, s.Option.Epochs, s.GainNats, s.Option.Cost.TotalEpochs, s.Score))],
            PosteriorMean = mean,
            PosteriorDeviation = deviation,
            Reason = reason,
            Memory = model.Memory(),
        };
    }

    // Every task that an open network has not reached and the budget can pay for; after too many cheap jobs in a row, only the target.
    private List<Option> Options(SearchState state)
    {
        var definition = state.Definition;
        var onlyTarget = definition.Selection.MaximumLowFidelityRun is var limit and > 0
            && state.Decisions.Count >= limit
            && state.Decisions.TakeLast(limit).All(d => d.Epochs < definition.TargetEpochs);
        var all = candidates.Where(c => state.IsSelectable(c.Bits)).SelectMany(c => OptionsOf(c, state)).ToList();
        var target = all.Where(o => o.Epochs == definition.TargetEpochs).ToList();
        return onlyTarget && target.Count > 0 ? target : all;
    }

    private static IEnumerable<Option> OptionsOf(Candidate candidate, SearchState state)
    {
        // A network already tried keeps its first parameters, so that it stays one point of the model.
        var trial = state.TrialOf(candidate.Bits);
        var point = trial is null ? candidate : candidate with { W = trial.W };
        return from epochs in state.Definition.Tasks
               where epochs > (trial?.MeasuredEpochs ?? -1)
               let cost = CostModel.MarginalCost(state, candidate.Bits, epochs)
               where CostModel.IsAffordable(state, cost.TotalEpochs)
               select new Option(point, epochs, cost);
    }

    private sealed record Option(Candidate Candidate, int Epochs, MarginalCost Cost);

    private sealed record Scored(Option Option, double GainNats, double Score);
}
