using System.Text.Json;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>
/// What charts draw of a search's model: slices of its functions, how its tasks hang together, and its estimates. Accuracies are in
/// the metric's own unit; lists are empty where <see cref="Unavailable"/> says why there is no model.
/// </summary>
public sealed record ModelPicture
{
    /// <summary>Events that the search consisted of when this was made; 0 where nobody counted them.</summary>
    public long Version { get; init; }

    /// <summary>Measurements that the model knows.</summary>
    public int Measurements { get; init; }

    /// <summary>One line why there is no model; null when there is one.</summary>
    public string? Unavailable { get; init; }

    /// <summary>Training lengths in epochs, ascending.</summary>
    public IReadOnlyList<int> Tasks { get; init; } = [];

    /// <summary>Whether decisions make use of the shorter ones.</summary>
    public bool TrustsLowFidelities { get; init; }

    /// <summary>Correlations of the noise-free accuracies between tasks, m rows of m entries in [-1,1].</summary>
    public IReadOnlyList<IReadOnlyList<double>> Correlation { get; init; } = [];

    /// <summary>Standard deviation of one measurement per task, on the model's own scale.</summary>
    public IReadOnlyList<double> NoiseDeviation { get; init; } = [];

    /// <summary>Of every trial that the model was asked about.</summary>
    public ModelEstimates Estimates { get; init; } = new([], [], []);

    /// <summary>Of the uniform networks that the space reaches, ascending.</summary>
    public IReadOnlyList<UniformEstimate> Uniform { get; init; } = [];

    public IReadOnlyList<PicturePrediction> PredictedFront { get; init; } = [];

    /// <summary>One for each curve parameter.</summary>
    public IReadOnlyList<ModelSlice> Slices { get; init; } = [];

    public ReportedCalibration? Calibration { get; init; }

    /// <summary>Nothing, and why.</summary>
    public static ModelPicture Without(SearchState state, string reason) =>
        new() { Tasks = state.Definition.Tasks, Measurements = ModelledReport.MeasurementsOf(state), Unavailable = reason };

    /// <summary>As the HTTP interface writes it, on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SearchJson.Options);

    /// <param name="state">The search.</param>
    /// <param name="model">Fitted to that state.</param>
    /// <param name="predictions">Of that model, for every candidate.</param>
    /// <param name="calibration">Of that model.</param>
    internal static ModelPicture Of(
        SearchState state, SurrogateModel model, IReadOnlyList<PredictedConfiguration> predictions, IReadOnlyList<ReportedTaskCalibration> calibration)
    {
        IReadOnlyList<int> tasks = state.Definition.Tasks;
        var estimates = new Estimates(predictions);
        return new ModelPicture
        {
            Measurements = ModelledReport.MeasurementsOf(state),
            Tasks = tasks,
            TrustsLowFidelities = model.TrustsLowFidelities,
            Correlation = [.. tasks.Select((_, a) => (double[])[.. tasks.Select((_, b) => PictureNumbers.Rounded(model.TaskCorrelation(a, b)))])],
            NoiseDeviation = [.. tasks.Select((_, task) => PictureNumbers.Rounded(model.NoiseDeviation(task)))],
            Estimates = ModelEstimates.Of(state, estimates),
            Uniform = UniformOf(state.Definition.Space, estimates),
            PredictedFront = [.. SearchReportBuilder.PredictedFront(state, predictions).Select(member => new PicturePrediction(
                LevelText.Of(state.Definition.Space.Subject, member.Bits),
                member.MemoryBytes,
                PictureNumbers.Rounded(member.Mean),
                PictureNumbers.Rounded(member.Deviation)))],
            Slices = ModelSlice.Of(state, model),
            Calibration = new ReportedCalibration(calibration, CalibrationVerdict.Of(calibration)),
        };
    }

    private static IReadOnlyList<UniformEstimate> UniformOf(CurveSpace space, Estimates estimates) =>
    [
        .. space.UniformNetworks()
            .Select(uniform => (Text: LevelText.Of(space.Subject, uniform.Levels), Estimate: estimates.Of(uniform.Levels)))
            .Where(uniform => uniform.Estimate is not null)
            .Select(uniform => new UniformEstimate(
                uniform.Text, PictureNumbers.Rounded(uniform.Estimate!.Mean), PictureNumbers.Rounded(uniform.Estimate.Deviation))),
    ];
}

/// <summary>Estimates of the target accuracy, as columns of one length in ascending order of ids.</summary>
public sealed record ModelEstimates(IReadOnlyList<int> TrialId, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    internal static ModelEstimates Of(SearchState state, Estimates estimates)
    {
        (int Id, Estimate? Estimate)[] known =
            [.. state.Trials.Select(trial => (trial.Id, estimates.Of(trial.Bits))).Where(trial => trial.Item2 is not null)];
        return new ModelEstimates(
            [.. known.Select(trial => trial.Id)],
            [.. known.Select(trial => PictureNumbers.Rounded(trial.Estimate!.Mean))],
            [.. known.Select(trial => PictureNumbers.Rounded(trial.Estimate!.Deviation))]);
    }
}
