using System.Text.Json;
using Bitcurve.Gp;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The Gaussian process of one moment of a search: fitted to every measurement so far, one task per training length, conditioned also on
/// what is in flight. Immutable; the same state and warm start give the same model.
/// </summary>
public sealed class SurrogateModel
{
    /// <summary>Accepted values of <see cref="SelectionSettings.Kernel"/>.</summary>
    public static readonly IReadOnlyList<string> KernelNames = ["matern52", "se"];

    private readonly SearchDefinition definition;
    private readonly KernelInput input;
    private readonly AccuracyTransform transform;
    private readonly MultiTaskRegression regression;
    private readonly Design pending;

    private SurrogateModel(SearchDefinition definition, KernelInput input, AccuracyTransform transform, MultiTaskRegression regression, Design pending) =>
        (this.definition, this.input, this.transform, this.regression, this.pending) = (definition, input, transform, regression, pending);

    /// <summary>Hyperparameters to start the next fit from.</summary>
    public Hyperparameters Hyperparameters => regression.Hyperparameters;

    private Design? PendingOrNull => pending.Count > 0 ? pending : null;

    private int Target => definition.Tasks.Count - 1;

    /// <summary>Fits hyperparameters by MAP. O(n^3) per evaluation for n measurements.</summary>
    public static SurrogateModel Fit(SearchState state, Hyperparameters? warmStart)
    {
        var definition = state.Definition;
        var input = new KernelInput(definition.Selection.KernelInput, definition.Space);
        var baseline = state.Baseline ?? throw new InvalidOperationException("the model needs the baseline's accuracy first");
        var transform = AccuracyTransform.Of(definition.Selection.Transform, baseline.Accuracy);
        var (points, tasks, values) = Measured(state, input, transform);
        var observations = new Observations(input.Dimensions, definition.Tasks.Count, points, tasks, values);
        var regression = MultiTaskRegression.Fit(
            observations, definition.Tasks.Count - 1, KernelOf(definition.Selection.Kernel),
            new FitOptions { Seed = unchecked((int)definition.Seed), Restarts = warmStart is null ? 3 : 1 }, Usable(warmStart, input, definition));
        return new SurrogateModel(definition, input, transform, regression, InFlight(state, input));
    }

    /// <summary>Hyperparameters as the search state keeps them.</summary>
    public JsonElement Memory() => JsonSerializer.SerializeToElement(Hyperparameters, SearchJson.Options);

    /// <summary>Reads what <see cref="Memory"/> wrote; null for none.</summary>
    public static Hyperparameters? Recall(JsonElement? memory) => memory?.Deserialize<Hyperparameters>(SearchJson.Options);

    /// <summary>Mean and standard deviation of the accuracy at the target task (validation split), one pair per candidate.</summary>
    public IReadOnlyList<(double Mean, double Deviation)> Predict(IReadOnlyList<Candidate> candidates)
    {
        var posterior = regression.Predict(PointsOf(candidates), Target);
        return [.. posterior.Mean.Zip(posterior.Variance, transform.Invert)];
    }

    /// <summary>Information about the whole target function, nats, per candidate: ask the result for any set of tasks.</summary>
    public PointInformation[] InformationAboutFunction(IReadOnlyList<Candidate> asked) =>
        regression.InformationAboutFunction(Target, PendingOrNull).At(PointsOf(asked));

    /// <summary>Information about the target accuracy of some networks only, nats, per candidate asked about.</summary>
    public PointInformation[] InformationAbout(IReadOnlyList<Candidate> known, IReadOnlyList<Candidate> asked) =>
        regression.InformationAboutPoints(Target, PointsOf(known), PendingOrNull).At(PointsOf(asked));

    /// <summary>Joint posterior draws of the target, one row per draw, on the model's own (order-preserving) scale. O(M^3) for M candidates.</summary>
    public double[][] Draws(IReadOnlyList<Candidate> candidates, int count, int seed) => regression.Samples(PointsOf(candidates), Target, count, seed);

    /// <summary>
    /// How well every measured network is predicted, per task, by the measurements of all others (leave one configuration out), at the
    /// hyperparameters of this fit; on the model's own scale, standardised per task. The free observation of the baseline informs but is
    /// not scored. O(n^3).
    /// </summary>
    public IReadOnlyList<CalibrationFigures> Calibration()
    {
        var observations = regression.Model.Observations;
        var points = observations.Design.Points;
        var anchor = definition.Space.UniformParameters(definition.Space.MaximumBits) is { } top ? input.Of(top) : null;
        bool IsScored(int row) => !definition.Selection.AnchorBaseline || anchor is null || !points.Row(row).SequenceEqual(anchor);
        return CalibrationFigures.Of(LeaveOneOut.Of(regression.Model, LeaveOneOut.GroupsByPoint(points), IsScored), definition.Tasks.Count);
    }

    private static KernelKind KernelOf(string name) => name == "se" ? KernelKind.SquaredExponential : KernelKind.Matern52;

    // A continued search may have other tasks than the one that wrote the memory.
    private static Hyperparameters? Usable(Hyperparameters? warmStart, KernelInput input, SearchDefinition definition) =>
        warmStart is not null && warmStart.Lengthscale.Length == input.Dimensions && warmStart.NoiseVariance.Length == definition.Tasks.Count ? warmStart : null;

    private static (List<double[]> Points, List<int> Tasks, List<double> Values) Measured(SearchState state, KernelInput input, AccuracyTransform transform)
    {
        var (points, tasks, values) = (new List<double[]>(), new List<int>(), new List<double>());
        void Observe(double[] point, int task, double accuracy)
        {
            points.Add(point);
            tasks.Add(task);
            values.Add(transform.Apply(accuracy));
        }

        foreach (var trial in state.Trials)
        {
            foreach (var measurement in trial.Measurements)
            {
                Observe(input.Of(trial.W), TaskOf(state.Definition, measurement.Epochs), measurement.Accuracy);
            }
        }

        // The FP32 accuracy is a free observation: 8 bits everywhere lose nothing, at any training length.
        var definition = state.Definition;
        if (definition.Selection.AnchorBaseline && definition.Space.UniformParameters(definition.Space.MaximumBits) is { } top)
        {
            for (var task = 0; task < definition.Tasks.Count; task++)
            {
                Observe(input.Of(top), task, state.Baseline!.Accuracy);
            }
        }

        return (points, tasks, values);
    }

    private static Design InFlight(SearchState state, KernelInput input)
    {
        var (points, tasks) = (new List<double[]>(), new List<int>());
        foreach (var job in state.Jobs.Where(j => j.IsPending && j.TrialId is not null))
        {
            var trial = state.Trials.First(t => t.Id == job.TrialId);
            foreach (var epochs in job.EvaluateAt)
            {
                points.Add(input.Of(trial.W));
                tasks.Add(TaskOf(state.Definition, epochs));
            }
        }

        return new Design(new Points(input.Dimensions, points), tasks, state.Definition.Tasks.Count);
    }

    private static int TaskOf(SearchDefinition definition, int epochs)
    {
        for (var task = 0; task < definition.Tasks.Count; task++)
        {
            if (definition.Tasks[task] == epochs)
            {
                return task;
            }
        }

        throw new InvalidOperationException($"expected a measurement at one of {string.Join(',', definition.Tasks)} epochs, actual {epochs}");
    }

    private Points PointsOf(IReadOnlyList<Candidate> candidates) => new(input.Dimensions, [.. candidates.Select(c => input.Of(c.W))]);
}
