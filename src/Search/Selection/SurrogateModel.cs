using System.Text.Json;
using Bitcurve.Gp;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The Gaussian process of one moment of a search: fitted to every measurement so far, one task per training length, conditioned also on
/// what is in flight. Immutable; the same state and warm start give the same model.
/// </summary>
public sealed partial class SurrogateModel
{
    /// <summary>Accepted values of <see cref="SelectionSettings.Kernel"/>.</summary>
    public static readonly IReadOnlyList<string> KernelNames = ["matern52", "se"];

    private readonly SearchDefinition definition;
    private readonly ModelInput input;
    private readonly MetricScale scale;
    private readonly AccuracyTransform transform;
    private readonly MultiTaskRegression regression;
    private readonly MultiTaskRegression joint;
    private readonly Design pending;
    private readonly WarmStart memory;
    private readonly Lazy<double> widening;

    private SurrogateModel(SearchState state, ModelInput input, AccuracyTransform transform, MultiTaskRegression regression, MultiTaskRegression joint)
    {
        (definition, scale, pending) = (state.Definition, state.Scale, InFlight(state, input));
        (this.input, this.transform, this.regression, this.joint) = (input, transform, regression, joint);
        memory = joint.FitResult!.ToWarmStart();
        widening = new(() => definition.Selection.Calibrate ? Widening.Of(LeftOutNetworks(), Target) : 1);
    }

    public Hyperparameters Hyperparameters => regression.Hyperparameters;

    private Design? PendingOrNull => pending.Count > 0 ? pending : null;

    private int Target => definition.Tasks.Count - 1;

    /// <summary>Fits hyperparameters by MAP. O(n^3) per evaluation for n measurements.</summary>
    public static SurrogateModel Fit(SearchState state, WarmStart? warmStart)
    {
        var definition = state.Definition;
        var input = new ModelInput(definition);
        var baseline = state.Baseline ?? throw new InvalidOperationException("the model needs the baseline's accuracy first");
        var measured = state.Trials.SelectMany(trial => trial.Measurements).Select(measurement => measurement.Accuracy);
        var transform = AccuracyTransform.Of(definition.Selection.Transform, state.Scale, baseline.Accuracy, measured);
        var (points, tasks, values) = Measured(state, input, transform);
        var observations = new Observations(input.Dimensions, definition.Tasks.Count, points, tasks, values);
        var warm = Usable(warmStart, input, definition);
        var all = FitTo(observations, definition, input, warm);
        if (definition.Selection.GateLowFidelities && LowFidelityGate.TargetAlone(observations) is { } alone && !LowFidelityGate.IsOpen(all))
        {
            var target = FitTo(alone, definition, input, null);
            return new SurrogateModel(state, input, transform, target, all) { TrustsLowFidelities = false };
        }

        return new SurrogateModel(state, input, transform, all, all);
    }

    /// <summary>Whether shorter trainings inform this model: no while the target's correlations with them explain too little (<see cref="LowFidelityGate"/>).</summary>
    public bool TrustsLowFidelities { get; private init; } = true;

    private static MultiTaskRegression FitTo(Observations observations, SearchDefinition definition, ModelInput input, WarmStart? warm) =>
        MultiTaskRegression.Fit(
            observations, definition.Tasks.Count - 1, KernelOf(definition.Selection.Kernel), input.FitOptions(warm is null), warm);

    /// <summary>Where the next fit should start, as the search state keeps it.</summary>
    public JsonElement Memory() => JsonSerializer.SerializeToElement(memory, SearchJson.Options);

    /// <summary>Reads what <see cref="Memory"/> wrote; null for none.</summary>
    public static WarmStart? Recall(JsonElement? memory) => memory?.Deserialize<WarmStart>(SearchJson.Options);

    /// <summary>Mean and standard deviation of the metric at the target task (validation split), one pair per candidate.</summary>
    public IReadOnlyList<(double Mean, double Deviation)> Predict(IReadOnlyList<Candidate> candidates)
    {
        var posterior = Latent(candidates);
        return [.. posterior.Mean.Zip(posterior.Variance, transform.Invert).Select(score => (scale.Value(score.Mean), scale.Deviation(score.Deviation)))];
    }

    /// <summary>
    /// Ends of the central interval of the metric at the target task, one pair per candidate: exact on the model's own scale, so
    /// asymmetric where that is a logarithm.
    /// </summary>
    /// <param name="candidates">Whose.</param>
    /// <param name="deviations">Half its width in standard deviations: 1.645 for 90 %.</param>
    /// <param name="ofMeasurement">Of one more measurement, with its noise, instead of the noise-free accuracy.</param>
    public IReadOnlyList<(double Lower, double Upper)> Intervals(IReadOnlyList<Candidate> candidates, double deviations, bool ofMeasurement = false)
    {
        var posterior = Latent(candidates);
        var noise = ofMeasurement ? widening.Value * widening.Value * regression.NoiseVariance(Target) : 0;
        return [.. posterior.Mean.Zip(posterior.Variance, (mean, variance) => Interval(mean, deviations * Math.Sqrt(variance + noise)))];
    }

    // Of a metric to be minimised the better end is the lower one.
    private (double Lower, double Upper) Interval(double mean, double reach)
    {
        var (worse, better) = (scale.Value(transform.Undo(mean - reach)), scale.Value(transform.Undo(mean + reach)));
        return (Math.Min(worse, better), Math.Max(worse, better));
    }

    /// <summary>Information about the whole target function, nats, per candidate: ask the result for any set of tasks.</summary>
    public IReadOnlyList<PointInformation> InformationAboutFunction(IReadOnlyList<Candidate> asked) =>
        regression.InformationAboutFunction(Target, PendingOrNull).At(PointsOf(asked));

    /// <summary>Information about the target accuracy of some networks only, nats, per candidate asked about.</summary>
    public IReadOnlyList<PointInformation> InformationAbout(IReadOnlyList<Candidate> known, IReadOnlyList<Candidate> asked) =>
        regression.InformationAboutPoints(Target, PointsOf(known), PendingOrNull).At(PointsOf(asked));

    /// <summary>Joint posterior draws of the target, one row per draw, on the model's own (order-preserving) scale. O(M^3) for M candidates.</summary>
    public double[][] Draws(IReadOnlyList<Candidate> candidates, int count, int seed)
    {
        var points = PointsOf(candidates);
        var draws = regression.Samples(points, Target, count, seed);
        if (widening.Value == 1)
        {
            return draws;
        }

        var mean = regression.Predict(points, Target).Mean;
        return Array.ConvertAll(draws, row => row.Zip(mean, (value, centre) => centre + (widening.Value * (value - centre))).ToArray());
    }

    /// <summary>The same as scores, for accuracies these themselves: one row per draw.</summary>
    public double[][] ScoreDraws(IReadOnlyList<Candidate> candidates, int count, int seed) =>
        [.. Draws(candidates, count, seed).Select(row => Array.ConvertAll(row, transform.Undo))];

    /// <summary>
    /// Mean and variance of the target on the model's own scale, one per candidate: means given what is measured, variances given also what
    /// is in flight, whose result is taken to be its mean (GP-BUCB, Desautels, Krause and Burdick 2014, J. Mach. Learn. Res. 15).
    /// </summary>
    public TaskPosterior OnModelScale(IReadOnlyList<Candidate> candidates)
    {
        var measured = Latent(candidates);
        if (pending.Count == 0)
        {
            return measured;
        }

        var factor = widening.Value * regression.Standardization.Scale[Target];
        var variance = regression.Model.Covariance.Append(pending).Variance(PointsOf(candidates), Target);
        return measured with { Variance = Array.ConvertAll(variance, v => factor * factor * v) };
    }

    /// <summary>Upper confidence bounds of the target's score, so many standard deviations above the mean on the model's own scale.</summary>
    public double[] UpperBounds(IReadOnlyList<Candidate> candidates, double deviations)
    {
        var posterior = OnModelScale(candidates);
        return [.. posterior.Mean.Zip(posterior.Variance, (mean, variance) => transform.Undo(mean + (deviations * Math.Sqrt(variance))))];
    }

    /// <summary>The bound on the model's own scale that stands for a bound on the score; infinite where every score keeps it.</summary>
    public double BoundOnModelScale(double score) => transform.Bound(score);

    /// <summary>How well measurements at a network would predict its target, one per candidate, given what is measured and in flight.</summary>
    public TargetCorrelation[] CorrelationsWithTarget(IReadOnlyList<Candidate> candidates)
    {
        var given = regression.Model.Covariance.Append(pending);
        var covariances = given.AtEach(PointsOf(candidates));
        return [.. Enumerable.Range(0, candidates.Count).Select(k => new TargetCorrelation(covariances.At(k), Hyperparameters.NoiseVariance, Target))];
    }

    /// <summary>
    /// How well every measured network is predicted, per task, by the measurements of all others (leave one configuration out), at the
    /// hyperparameters of this fit; on the model's own scale, standardised per task. The free observation of the baseline informs but is
    /// not scored. O(n^3).
    /// </summary>
    public IReadOnlyList<CalibrationFigures> Calibration() =>
        CalibrationFigures.Of([.. LeftOutNetworks().Select(Widened)], definition.Tasks.Count);

    private LeftOut Widened(LeftOut left) => left.Task == Target ? left with { Variance = left.Variance * widening.Value * widening.Value } : left;

    private IReadOnlyList<LeftOut> LeftOutNetworks()
    {
        var points = regression.Model.Observations.Design.Points;
        var anchor = definition.Space.UniformParameters(definition.Space.MaximumBits) is { } top ? input.Of(top) : null;
        bool IsScored(int row) => !definition.Selection.AnchorBaseline || anchor is null || !points.Row(row).SequenceEqual(anchor);
        return LeaveOneOut.Of(regression.Model, LeaveOneOut.GroupsByPoint(points), IsScored);
    }

    private TaskPosterior Latent(IReadOnlyList<Candidate> candidates)
    {
        var posterior = regression.Predict(PointsOf(candidates), Target);
        return widening.Value == 1
            ? posterior
            : posterior with { Variance = Array.ConvertAll(posterior.Variance, variance => widening.Value * widening.Value * variance) };
    }

    private static KernelKind KernelOf(string name) => name == "se" ? KernelKind.SquaredExponential : KernelKind.Matern52;

    // A continued search may have other tasks or another model than the one that wrote the memory.
    private static WarmStart? Usable(WarmStart? warmStart, ModelInput input, SearchDefinition definition) =>
        warmStart?.Hyperparameters is { } known
        && known.Lengthscale.Length == input.Dimensions - input.LinearFeatures
        && known.LinearVariance.Length == input.LinearFeatures
        && known.NoiseVariance.Length == definition.Tasks.Count ? warmStart : null;

    private static (List<double[]> Points, List<int> Tasks, List<double> Values) Measured(SearchState state, ModelInput input, AccuracyTransform transform)
    {
        var (points, tasks, values) = (new List<double[]>(), new List<int>(), new List<double>());
        void Observe(double[] point, int task, double accuracy)
        {
            points.Add(point);
            tasks.Add(task);
            values.Add(transform.Apply(state.Scale.Score(accuracy)));
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

    private static Design InFlight(SearchState state, ModelInput input)
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
