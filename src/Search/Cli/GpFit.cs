using System.Text.Json.Serialization;
using Bitcurve.Gp;

namespace Bitcurve.Search.Cli;

/// <summary>Hyperparameters found for one case, in the units of its values.</summary>
/// <param name="Name">Of the case.</param>
/// <param name="N">Observations.</param>
/// <param name="D">Dimensions.</param>
/// <param name="M">Tasks.</param>
/// <param name="Lml">log p(y) at these hyperparameters: what <c>bitcurve gp eval</c> gives for them.</param>
/// <param name="Evaluations">Likelihood and gradient evaluations of all starts.</param>
/// <param name="Seconds">Wall time of the fit.</param>
/// <param name="Hyper">In the form that <c>bitcurve gp eval</c> reads.</param>
internal sealed record GpFit(string Name, int N, int D, int M, double Lml, int Evaluations, double Seconds, GpFittedHyperparameters Hyper)
{
    /// <summary>Accepted values of <c>--prior</c>; the first is what is used unless told otherwise.</summary>
    internal static readonly IReadOnlyList<string> PriorNames = ["default", "none"];

    private const int MaximumRestarts = 100;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal static FitOptions Options(string prior, int restarts, int seed)
    {
        if (!PriorNames.Contains(prior))
        {
            throw new ArgumentException($"--prior: expected one of {string.Join(", ", PriorNames)}, actual '{prior}'");
        }

        return restarts is >= 1 and <= MaximumRestarts
            ? new FitOptions { Priors = prior == "none" ? null : new HyperparameterPriors(), Restarts = restarts, Seed = seed }
            : throw new ArgumentException($"--restarts: expected 1..{MaximumRestarts}, actual {restarts}");
    }

    internal static KernelKind KernelOf(string name) => name switch
    {
        "se" => KernelKind.SquaredExponential,
        "matern52" => KernelKind.Matern52,
        _ => throw new ArgumentException($"--kernel: expected one of se, matern52, actual '{name}'"),
    };

    /// <summary>Fits standardised values, where the priors belong, and returns to the values' units: the same model, exactly.</summary>
    internal static GpFit Of(GpCase asked, KernelKind kernel, FitOptions options, TimeProvider time, TextWriter notes)
    {
        var started = time.GetTimestamp();
        var regression = MultiTaskRegression.Fit(asked.Observations, asked.Observations.TaskCount - 1, kernel, options);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var hyper = GpFittedHyperparameters.Of(regression);
        var reached = new MultiTaskGp(asked.Observations, StationaryKernel.Of(kernel), hyper.ToModel()).LogMarginalLikelihood;
        var fit = new GpFit(
            asked.Name, asked.Observations.Count, asked.Observations.Dimensions, asked.Observations.TaskCount,
            reached, regression.FitResult!.Evaluations, seconds, hyper);
        notes.WriteLine(FormattableString.Invariant($"{fit.Name}: n {fit.N}, d {fit.D}, m {fit.M}; log likelihood {fit.Lml:F3} after {fit.Evaluations} evaluations in {fit.Seconds:F2} s"));
        return fit;
    }
}

/// <param name="Lengthscale">d entries.</param>
/// <param name="B">m x m, squared units of y.</param>
/// <param name="NoiseVar">m entries, squared units of y.</param>
/// <param name="Mean">m entries, units of y.</param>
internal sealed record GpFittedHyperparameters(
    double[] Lengthscale, [property: JsonPropertyName("B")] double[][] B, double[] NoiseVar, double[] Mean)
{
    /// <summary>y = centre + scale z, so that B_ll', noise and mean of z become scale_l scale_l' B_ll', scale_l^2 noise and centre + scale mean.</summary>
    internal static GpFittedHyperparameters Of(MultiTaskRegression regression)
    {
        var (standard, scale) = (regression.Hyperparameters, regression.Standardization.Scale);
        var covariance = standard.Coregionalization();
        return new GpFittedHyperparameters(
            standard.Lengthscale,
            [.. scale.Select((left, a) => scale.Select((right, b) => left * right * covariance[a, b]).ToArray())],
            [.. standard.NoiseVariance.Select((noise, task) => scale[task] * scale[task] * noise)],
            [.. standard.Mean.Select((mean, task) => regression.Standardization.Invert(task, mean))]);
    }

    /// <summary>As they are read back, from B, so that the likelihood reported is the one that a reader gets.</summary>
    internal Hyperparameters ToModel() => new(
        Lengthscale,
        GpHyperparameters.FactorOf(B) ?? throw new NotPositiveDefiniteException(B.Length, Cholesky.Jitters),
        NoiseVar,
        Mean);
}
