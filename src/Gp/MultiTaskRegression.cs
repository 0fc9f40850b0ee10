namespace Bitcurve.Gp;

/// <summary>
/// A fitted multi-task Gaussian process in the units of its observations: standardisation, hyperparameters and posterior behind one value.
/// Immutable.
/// </summary>
public sealed class MultiTaskRegression
{
    private MultiTaskRegression(MultiTaskGp model, Standardization standardization, HyperparameterFitResult? fit)
    {
        Model = model;
        Standardization = standardization;
        FitResult = fit;
    }

    /// <summary>The process in standard units.</summary>
    public MultiTaskGp Model { get; }

    public Standardization Standardization { get; }

    /// <summary>What the fit reported; null when hyperparameters were given.</summary>
    public HyperparameterFitResult? FitResult { get; }

    public Hyperparameters Hyperparameters => Model.Hyperparameters;

    /// <summary>Standardises, fits and conditions. O(n^3) per likelihood evaluation, some tens to hundreds of them.</summary>
    /// <param name="observations">In original units; none at all is fine.</param>
    /// <param name="targetTask">Whose statistics tasks borrow that have fewer than two observations.</param>
    /// <param name="kernel">Which kernel.</param>
    /// <param name="options">How to fit; defaults when null.</param>
    /// <param name="warmStart">Where an earlier fit ended.</param>
    /// <exception cref="ArgumentException">When the target is no task, an option is out of range or the warm start is for other numbers of
    /// dimensions, features or tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When the covariance is singular at every start.</exception>
    public static MultiTaskRegression Fit(
        Observations observations,
        int targetTask,
        KernelKind kernel = KernelKind.SquaredExponential,
        FitOptions? options = null,
        WarmStart? warmStart = null)
    {
        var standardization = Standardization.Of(observations, targetTask);
        var standardized = standardization.Apply(observations);
        var fit = HyperparameterFit.Fit(standardized, StationaryKernel.Of(kernel), options, warmStart);
        return new MultiTaskRegression(new MultiTaskGp(standardized, StationaryKernel.Of(kernel), fit.Hyperparameters), standardization,
            fit);
    }

    /// <summary>Conditions on observations at stored hyperparameters, which belong to the stored standardisation. O(n^3), once.</summary>
    /// <exception cref="ArgumentException">When the hyperparameters are for other numbers of dimensions or tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When the covariance of the observations is numerically singular.</exception>
    public static MultiTaskRegression Condition(
        Observations observations, Standardization standardization, KernelKind kernel, Hyperparameters hyperparameters) =>
        new(new MultiTaskGp(standardization.Apply(observations), StationaryKernel.Of(kernel), hyperparameters), standardization, null);

    /// <summary>Given p more observations (original units), at the same hyperparameters and standardisation. O(p n^2).</summary>
    public MultiTaskRegression Append(Observations more) =>
        new(Model.Append(Standardization.Apply(more)), Standardization, FitResult);

    /// <summary>Mean and variance of one task's latent function at M points, in (squared) original units. O(M n^2).</summary>
    public TaskPosterior Predict(Points points, int task) => Standardization.Invert(task, Model.At(points).Of(task));

    /// <summary>Variance of one more measurement around the latent function of a task, in squared original units.</summary>
    public double NoiseVariance(int task) =>
        Hyperparameters.NoiseVariance[task] * Standardization.Scale[task] * Standardization.Scale[task];

    /// <summary>
    /// Joint posterior samples of one task's function at M points, <paramref name="count"/> rows of M, in original units. O(M n^2 + M^3).
    /// </summary>
    public double[][] Samples(Points points, int task, int count, int seed) =>
        Model.At(points).Samples(task, count, new StandardNormal(seed))
            .Select(sample => sample.Select(value => Standardization.Invert(task, value)).ToArray())
            .ToArray();

    /// <summary>
    /// Information of further observations about the whole function of the target task, in nats, with pending ones taken as made.
    /// </summary>
    public InformationGain InformationAboutFunction(int targetTask, Design? pending = null) =>
        InformationGain.AboutFunction(Model, targetTask, pending);

    /// <summary>The same about the target's function at some points only.</summary>
    public InformationGain InformationAboutPoints(int targetTask, Points known, Design? pending = null) =>
        InformationGain.AboutPoints(Model, targetTask, known, pending);
}
