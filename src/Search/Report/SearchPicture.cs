using System.Text.Json;
using System.Text.Json.Serialization;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Report;

/// <summary>
/// Everything that charts and tables draw of a search, except what needs the model's hyperparameters. Long lists
/// are columns, so that ten thousand trials are a few hundred kilobytes; bits are text. Accuracies are the metric as measured, measured figures
/// with all their digits, derived ones rounded to <see cref="PictureNumbers.Digits"/>.
/// </summary>
public sealed record SearchPicture
{
    public required string SearchId { get; init; }

    /// <summary>What the user calls it; null for nothing but the id.</summary>
    public string? Name { get; init; }

    public required string Workload { get; init; }

    public required string Metric { get; init; }

    /// <summary>Which end of the metric's range is the good one; left out where it is to be maximised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MetricGoal MetricGoal { get; init; }

    /// <summary>False for a metric that may be any finite number; left out (null) for a fraction in [0,1].</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MetricIsFraction { get; init; }

    /// <summary>Events that the search consisted of; 0 where nobody counted them.</summary>
    public long Version { get; init; }

    /// <summary>
    /// 0: everything is here. Otherwise <see cref="Trials"/> and <see cref="Decisions"/> hold only what is other than in the picture of that
    /// version; all else is complete.
    /// </summary>
    public long Since { get; init; }

    public required CurveSubject Subject { get; init; }

    /// <summary>Curve family and dimension, e.g. <c>bezier:2</c>.</summary>
    public required string Space { get; init; }

    /// <summary>Length of w.</summary>
    public required int Parameters { get; init; }

    /// <summary>Fidelities in epochs, ascending; the last is the target.</summary>
    public required IReadOnlyList<int> Tasks { get; init; }

    public required long Seed { get; init; }

    public required SearchPhase Phase { get; init; }

    public string? EndReason { get; init; }

    public required string Budget { get; init; }

    public required Spending Spent { get; init; }

    /// <summary>Expected regret that ends the search, effective accuracy as a fraction; null for none.</summary>
    public double? StopRegret { get; init; }

    public required IReadOnlyList<PictureLayer> Layers { get; init; }

    public required PictureBaseline Baseline { get; init; }

    public required IReadOnlyList<PictureUniform> Uniform { get; init; }

    public required PictureTrials Trials { get; init; }

    /// <summary>Ids of the measured front's members, ascending in memory, better step by step.</summary>
    public required IReadOnlyList<int> Front { get; init; }

    /// <summary>Trial that the search recommends, null before the first measurement.</summary>
    public int? Chosen { get; init; }

    public string? ChosenReason { get; init; }

    public required IReadOnlyList<PicturePrediction> PredictedFront { get; init; }

    public required IReadOnlyList<PictureVerification> Verified { get; init; }

    public required PictureDecisions Decisions { get; init; }

    /// <summary>The picture of a report, with its estimates.</summary>
    /// <param name="report">Complete, of a search of at least one task.</param>
    public static SearchPicture Of(SearchReport report) => new()
    {
        SearchId = report.SearchId,
        Workload = report.Workload,
        Metric = report.Metric,
        MetricGoal = report.MetricGoal,
        MetricIsFraction = report.MetricIsFraction,
        Subject = report.Subject,
        Space = report.Space,
        Parameters = report.Trials.Count > 0 ? report.Trials[0].W.Count : 0,
        Tasks = report.Tasks,
        Seed = report.Seed,
        Phase = report.Phase,
        EndReason = report.EndReason,
        Budget = report.Budget,
        Spent = report.Spent,
        Layers = [.. report.Layers.Select(layer => new PictureLayer(layer.Name, layer.Weights, layer.Macs, layer.IsSkipped) { SharesWith = layer.SharesWith })],
        Baseline = new PictureBaseline(report.Baseline.Accuracy, report.Baseline.TestAccuracy, report.Baseline.MemoryBytes),
        Uniform = [.. report.Uniform.Select(uniform => new PictureUniform(
            uniform.LevelOrBits(),
            report.TextOf(uniform.Bits),
            uniform.MemoryBytes,
            uniform.Accuracy,
            uniform.Epochs,
            PictureNumbers.Rounded(uniform.Estimate),
            uniform.TestAccuracy))],
        Trials = PictureTrials.Of(report),
        Front = [.. report.Pareto.Select(member => member.Trial)],
        Chosen = report.Chosen?.Trial,
        ChosenReason = report.Chosen?.Reason,
        PredictedFront = [.. report.PredictedFront.Select(prediction => PicturePrediction.Of(report, prediction))],
        Verified = [.. report.Verified.Select(verified => new PictureVerification(
            verified.Bits.IsEmpty ? "" : report.TextOf(verified.Bits),
            verified.MemoryBytes,
            PictureNumbers.Rounded(verified.Mean),
            PictureNumbers.Rounded(verified.Deviation),
            verified.Runs,
            verified.Groups,
            PictureNumbers.Rounded(verified.Estimate)))],
        Decisions = PictureDecisions.Of(report),
    };

    /// <summary>The same with what only the search itself knows: its name, its tolerance, and which networks are in flight.</summary>
    /// <param name="state">That <paramref name="report"/> was made from.</param>
    /// <param name="version">Events that led to it.</param>
    /// <param name="report">Of that state.</param>
    public static SearchPicture Of(SearchState state, long version, SearchReport report)
    {
        SearchPicture picture = Of(report);
        HashSet<int> inFlight = [.. state.PendingJobs.Select(job => job.TrialId).OfType<int>()];
        return picture with
        {
            Name = state.Definition.Name,
            Version = version,
            Parameters = state.Definition.Space.Parameters,
            StopRegret = state.Definition.Selection.StopRegret,
            Trials = picture.Trials with { Pending = [.. picture.Trials.Id.Select(inFlight.Contains)] },
        };
    }

    /// <summary>As the HTTP interface writes it, on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SearchJson.Options);
}
