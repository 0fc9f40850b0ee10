using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>
/// Makes the report of a search. Pure: the same arguments give the same report; a search that still runs gives what it has.
/// </summary>
public static class SearchReportBuilder
{
    /// <param name="state">The search.</param>
    /// <param name="predictions">The model's estimates for every distinct candidate, tried or not; may be empty.</param>
    /// <param name="facts">What the search does not know about itself.</param>
    /// <param name="calibration">How the model predicts what it has not seen, one entry per task; null without a model.</param>
    /// <exception cref="ArgumentException">Two predictions for one network, or one with another number of layers.</exception>
    public static SearchReport Build(
        SearchState state,
        IReadOnlyList<PredictedConfiguration> predictions,
        ReportFacts facts,
        IReadOnlyList<ReportedTaskCalibration>? calibration = null)
    {
        SearchDefinition definition = state.Definition;
        var estimates = new Estimates(predictions);
        IReadOnlyList<ReportedVerification> verified = VerificationResults.Of(state, estimates);
        IReadOnlyList<ReportedFrontMember> front = Front(state, estimates, verified);
        double? fp32Test = verified.FirstOrDefault(result => result.Bits.IsEmpty)?.Mean;
        return new SearchReport
        {
            SearchId = definition.Id,
            Workload = definition.Workload.Name,
            WorkloadHash = definition.Workload.ContentHash,
            Metric = definition.Workload.Metric,
            MetricGoal = definition.Workload.Goal,
            MetricIsFraction = definition.Workload.MetricIsFraction ? null : false,
            Seed = definition.Seed,
            Baseline = new ReportedBaseline(
                state.Baseline?.Accuracy, fp32Test, definition.Workload.BaselineEpochs, VerificationResults.Fp32Bytes(definition)),
            Layers = [.. definition.Workload.Layers.Select(
                layer => new ReportedLayer(layer.Name, layer.WeightShape, layer.WeightCount, layer.Macs)
                {
                    IsSkipped = Scheme.IsLeftAlone(layer, definition.Quantizer.Skip),
                    SharesWith = layer.SharesWith,
                })],
            Space = definition.Space.ToString(),
            Subject = definition.Space.Subject,
            Tasks = definition.Tasks,
            Budget = definition.Budget.ToString(),
            Spent = state.Spent,
            Phase = state.Phase,
            EndReason = state.EndReason,
            Trials = [.. state.Trials.Select(trial => TrialOf(state, trial, estimates))],
            Decisions = [.. state.Decisions.Select(DecisionOf)],
            Uniform = Uniform(state, estimates, verified),
            Pareto = front,
            PredictedFront = PredictedFront(state, predictions),
            Chosen = Choice(state, estimates),
            Verified = verified,
            FrontHolds = FrontOrdering.Check(front, verified, state.Scale),
            Calibration = calibration is null ? null : new ReportedCalibration(calibration, CalibrationVerdict.Of(calibration)),
            Costs = LearnedCosts.Of(state),
            Timings = Timings(state, facts),
        };
    }

    private static ReportedTrial TrialOf(SearchState state, Trial trial, Estimates estimates)
    {
        ModelSize size = state.SizeOf(trial);
        double? effective = trial.Measurements.Count == 0
            ? null
            : EffectiveAccuracy.Of(trial.Measurements[^1].Accuracy, state.Scale, trial.Bits, state.Definition.Choosing.BitsPerAccuracy);
        return new ReportedTrial(
            trial.Id,
            trial.Bits,
            trial.W,
            size.MemoryBytes,
            size.DsconvBits,
            size.BitOperations,
            effective,
            [.. trial.Measurements.Select(measurement => new ReportedMeasurement(measurement.Epochs, measurement.Accuracy))],
            trial.SetAside,
            trial.Failures,
            estimates.Of(trial.Bits));
    }

    private static ReportedDecision DecisionOf(Decision decision) => new(
        decision.Id,
        decision.TrialId,
        decision.Bits,
        decision.Epochs,
        decision.GainNats,
        decision.CostEpochs,
        decision.Score,
        decision.Reason,
        decision.RunnersUp,
        decision.PosteriorMean,
        decision.PosteriorDeviation,
        decision.ExpectedRegret);

    private static IReadOnlyList<ReportedUniform> Uniform(
        SearchState state, Estimates estimates, IReadOnlyList<ReportedVerification> verified)
    {
        CurveSpace space = state.Definition.Space;
        return
        [
            .. space.UniformNetworks()
                .Select(uniform => (uniform.Level, Bits: uniform.Levels, Measured: state.TrialOf(uniform.Levels)?.Measurements.LastOrDefault()))
                .Select(level => new ReportedUniform(
                    level.Bits,
                    state.Definition.SizeOf(level.Bits).MemoryBytes,
                    estimates.Of(level.Bits),
                    level.Measured?.Accuracy,
                    level.Measured?.Epochs,
                    verified.FirstOrDefault(result => result.Bits == level.Bits)?.Mean)
                {
                    Level = space.HasBits ? null : level.Level,
                }),
        ];
    }

    private static IReadOnlyList<ReportedFrontMember> Front(
        SearchState state, Estimates estimates, IReadOnlyList<ReportedVerification> verified) =>
    [
        .. ParetoFront.Of(Chosen.AtHighestFidelity(state.MeasuredConfigurations())).Select(member => new ReportedFrontMember(
            state.TrialOf(member.Bits)!.Id,
            member.Bits,
            member.Size.MemoryBytes,
            member.Accuracy,
            member.Epochs,
            estimates.Of(member.Bits),
            verified.FirstOrDefault(result => result.Bits == member.Bits)?.Mean)),
    ];

    internal static IReadOnlyList<ReportedPrediction> PredictedFront(
        SearchState state, IReadOnlyList<PredictedConfiguration> predictions)
    {
        (SearchDefinition definition, MetricScale scale) = (state.Definition, state.Scale);
        Dictionary<BitVector, double> deviations =
            predictions.ToDictionary(prediction => prediction.Bits, prediction => prediction.Deviation);
        return
        [
            .. ParetoFront.Of(predictions.Select(prediction => new Configuration(
                    prediction.Bits, prediction.Mean, definition.TargetEpochs, definition.SizeOf(prediction.Bits))
                {
                    Scale = scale,
                }))
                .Select(member => new ReportedPrediction(
                    member.Bits, member.Size.MemoryBytes, member.Accuracy, deviations[member.Bits])),
        ];
    }

    private static ReportedChoice? Choice(SearchState state, Estimates estimates)
    {
        if (state.ChosenConfiguration() is not Configuration chosen)
        {
            return null;
        }

        int compared = Chosen.AtHighestFidelity(state.MeasuredConfigurations()).Count;
        return new ReportedChoice(
            state.TrialOf(chosen.Bits)!.Id,
            chosen.Bits,
            chosen.Size.MemoryBytes,
            chosen.Accuracy,
            chosen.Epochs,
            EffectiveAccuracy.Of(chosen.Accuracy, chosen.Scale, chosen.Bits, state.Definition.Choosing.BitsPerAccuracy),
            estimates.Of(chosen.Bits),
            ChoiceReason.Of(state.Definition, chosen, compared));
    }

    private static ReportedTimings Timings(SearchState state, ReportFacts facts) => new(
        facts.CreatedAt,
        facts.ProductVersion,
        facts.DeviceKind,
        facts.Threads,
        facts.TotalSeconds,
        state.Spent.TrainSeconds,
        state.Jobs.Sum(job => job.EvaluationSeconds),
        facts.FitAndChooseSeconds,
        state.Spent.TrainSeconds > 0 ? facts.FitAndChooseSeconds / state.Spent.TrainSeconds : null);
}
