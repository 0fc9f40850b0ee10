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
    /// <summary>
    /// Measurements above which no model is fitted for a report: the time grows with their cube, and whoever watches must not slow the search.
    /// 257, 766 and 1,422 took 2, 3 and 12 s of processor time on two cores, 15,564 candidates of 20 layers estimated included.
    /// </summary>
    public const int MaximumMeasurements = 1500;

    /// <summary>What the model of a search says; nothing while there is no measurement, or where there are too many.</summary>
    public sealed record Estimated(
        IReadOnlyList<PredictedConfiguration> Predictions, IReadOnlyList<ReportedTaskCalibration>? Calibration, ModelPicture Picture);

    public static SearchReport Of(SearchState state, ReportFacts facts) => Of(state, Estimate(state), facts);

    /// <summary>The same with estimates made before.</summary>
    public static SearchReport Of(SearchState state, Estimated estimated, ReportFacts facts) =>
        SearchReportBuilder.Build(state, estimated.Predictions, facts, estimated.Calibration);

    public static Estimated Estimate(SearchState state)
    {
        if (Obstacle(state) is string obstacle)
        {
            return new Estimated([], null, ModelPicture.Without(state, obstacle));
        }

        SurrogateModel model = SurrogateModel.Fit(state, SurrogateModel.Recall(state.SelectionMemory));
        IReadOnlyList<Candidate> candidates = SharedCandidates.Of(state.Definition.Space);
        PredictedConfiguration[] predictions =
            [.. candidates.Zip(model.Predict(candidates), (c, p) => new PredictedConfiguration(c.Bits, p.Mean, p.Deviation))];
        ReportedTaskCalibration[] calibration =
        [
            .. model.Calibration().Select(figures => new ReportedTaskCalibration(
                state.Definition.Tasks[figures.Task],
                figures.Count,
                figures.MeanLogDensity,
                figures.Coverage90,
                figures.Coverage50,
                figures.RootMeanSquareResidual)),
        ];
        return new Estimated(predictions, calibration, ModelPicture.Of(state, model, predictions, calibration));
    }

    /// <summary>Why no model is to be fitted, in one line; null when one can be.</summary>
    public static string? Obstacle(SearchState state) => MeasurementsOf(state) switch
    {
        0 => "Nothing has been measured yet.",
        > MaximumMeasurements and var many =>
            $"{many} measurements are too many to fit the model to for a picture: expected at most {MaximumMeasurements}.",
        _ => null,
    };

    /// <summary>Measurements of all networks at all training lengths.</summary>
    public static int MeasurementsOf(SearchState state) => state.Trials.Sum(trial => trial.Measurements.Count);
}
