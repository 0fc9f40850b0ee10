using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>
/// The report of a search with its model's last word: estimates of every network, and how well each is predicted from the others. Fitting
/// takes seconds for large searches. Pure.
/// </summary>
public static class ModelledReport
{
    /// <summary>What the model of a search says; nothing while there is no measurement.</summary>
    public sealed record Estimated(IReadOnlyList<PredictedConfiguration> Predictions, IReadOnlyList<ReportedTaskCalibration>? Calibration);

    public static SearchReport Of(SearchState state, ReportFacts facts) => Of(state, Estimate(state), facts);

    /// <summary>The same with estimates made before.</summary>
    public static SearchReport Of(SearchState state, Estimated estimated, ReportFacts facts) =>
        SearchReportBuilder.Build(state, estimated.Predictions, facts, estimated.Calibration);

    public static Estimated Estimate(SearchState state)
    {
        if (state.Trials.All(trial => trial.Measurements.Count == 0))
        {
            return new Estimated([], null);
        }

        SurrogateModel model = SurrogateModel.Fit(state, SurrogateModel.Recall(state.SelectionMemory));
        IReadOnlyList<Candidate> candidates = SharedCandidates.Of(state.Definition.Space);
        return new Estimated(
            [.. candidates.Zip(model.Predict(candidates), (c, p) => new PredictedConfiguration(c.Bits, p.Mean, p.Deviation))],
            [
                .. model.Calibration().Select(figures => new ReportedTaskCalibration(
                    state.Definition.Tasks[figures.Task],
                    figures.Count,
                    figures.MeanLogDensity,
                    figures.Coverage90,
                    figures.Coverage50,
                    figures.RootMeanSquareResidual)),
            ]);
    }
}
