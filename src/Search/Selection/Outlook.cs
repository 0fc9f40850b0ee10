using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Telemetry;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>What a strategy with a model works from at one decision: the state, the model fitted to it, and joint draws from that model.</summary>
internal sealed class Outlook
{
    private const int RunnersUpKept = 5;

    private readonly Lazy<JointDraws> draws;

    internal Outlook(SearchState state, IReadOnlyList<Candidate> candidates)
    {
        (State, Candidates) = (state, candidates);

        // The span and the time tell somebody who watches; the fit is the same without them.
        Model = DecisionInstruments.Fit(state, () => SurrogateModel.Fit(state, SurrogateModel.Recall(state.SelectionMemory)));
        draws = new(() => JointDraws.Of(candidates, Model, state));
    }

    internal SearchState State { get; }

    internal SearchDefinition Definition => State.Definition;

    internal MetricWords Metric => MetricWords.Of(Definition.Workload);

    internal IReadOnlyList<Candidate> Candidates { get; }

    internal SurrogateModel Model { get; }

    internal JointDraws Draws => draws.Value;

    /// <summary>The selection with all that its decision record keeps.</summary>
    /// <param name="chosen">What to run.</param>
    /// <param name="scored">Everything that was compared, best first.</param>
    /// <param name="reason">In plain words.</param>
    internal SelectedJob Select(ScoredJob chosen, IEnumerable<ScoredJob> scored, string reason)
    {
        var (mean, deviation) = Model.Predict([chosen.Job.Candidate])[0];
        return new SelectedJob
        {
            Bits = chosen.Job.Candidate.Bits,
            W = chosen.Job.Candidate.W,
            Epochs = chosen.Job.Epochs,
            GainNats = chosen.GainNats,
            CostEpochs = chosen.Job.Cost.TotalEpochs,
            ExpectedSeconds = chosen.Job.Cost.ExpectedSeconds,
            Score = chosen.Score,
            RunnersUp = [.. scored.Where(s => s != chosen).Take(RunnersUpKept).Select(s => s.AsRunnerUp())],
            PosteriorMean = mean,
            PosteriorDeviation = deviation,
            ExpectedRegret = ExpectedRegret.Of(Draws, State),
            Reason = reason,
            Memory = Model.Memory(),
        };
    }
}
