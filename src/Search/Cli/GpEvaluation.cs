using System.Text.Json.Serialization;
using Bitcurve.Gp;

namespace Bitcurve.Search.Cli;

/// <summary>What the model says of one case: M test points, latent functions (means included), no observation noise, natural units.</summary>
/// <param name="Name">Of the case.</param>
/// <param name="Lml">log p(y), natural logarithm, -n/2 log 2 pi included.</param>
/// <param name="Grad">Its gradient.</param>
/// <param name="PostMean">m x M.</param>
/// <param name="PostVar">m x M.</param>
/// <param name="PostCov">(m M) x (m M), index = task * M + point.</param>
/// <param name="Info">One for each target task.</param>
internal sealed record GpEvaluation(
    string Name, double Lml, GpGradient Grad, double[][] PostMean, double[][] PostVar, double[][] PostCov, IReadOnlyList<GpInformation> Info)
{
    /// <exception cref="InvalidDataException">The covariance of the observations is singular, or numbers overflow.</exception>
    internal static GpEvaluation Of(GpCase asked, StationaryKernel kernel, TextWriter notes)
    {
        try
        {
            var model = new MultiTaskGp(asked.Observations, kernel, asked.Hyperparameters!);
            if (model.Covariance.Factor.Jitter is > 0 and var jitter)
            {
                notes.WriteLine(FormattableString.Invariant($"{asked.Owner}: the covariance of y is singular up to rounding; {jitter:G1} of its mean diagonal was added"));
            }

            var evaluation = Evaluate(asked, model);
            return double.IsFinite(evaluation.Lml)
                ? evaluation
                : throw new InvalidDataException($"{asked.Owner}, field 'y': expected values whose squares are finite numbers, actual log likelihood {evaluation.Lml}.");
        }
        catch (NotPositiveDefiniteException problem)
        {
            throw new InvalidDataException(
                $"{asked.Owner}, field 'hyper': expected a positive definite covariance of y (noise_var > 0 where inputs repeat), actual {problem.Message}", problem);
        }
    }

    private static GpEvaluation Evaluate(GpCase asked, MultiTaskGp model)
    {
        var posterior = model.At(asked.TestPoints);
        var tasks = posterior.OfEachTask();
        var size = model.TaskCount * asked.TestPoints.Count;
        return new GpEvaluation(
            asked.Name,
            model.LogMarginalLikelihood,
            GpGradient.Of(model.Gradient(), asked.Loadings),
            [.. tasks.Select(task => task.Mean)],
            [.. tasks.Select(task => task.Variance)],
            size == 0 ? [] : [.. posterior.JointCovariance().Chunk(size)],
            [.. Enumerable.Range(0, model.TaskCount).Select(target => GpInformation.Of(model, target, asked.TestPoints))]);
    }
}

/// <summary>Derivatives of the log marginal likelihood in natural (not log) units; all m x m entries of B count as independent.</summary>
/// <param name="Lengthscale">d entries.</param>
/// <param name="B">m x m.</param>
/// <param name="NoiseVar">m entries.</param>
/// <param name="Mean">m entries.</param>
/// <param name="W">m x r, null unless B was given as W W^T + diag(v).</param>
/// <param name="V">m entries, null with <paramref name="W"/>.</param>
internal sealed record GpGradient(
    double[] Lengthscale,
    [property: JsonPropertyName("B")] double[][] B,
    double[] NoiseVar,
    double[] Mean,
    [property: JsonPropertyName("W")] double[][]? W,
    double[]? V)
{
    /// <summary>With the chain rule through B = W W^T + diag(v): dW = (G + G^T) W, dv = diag(G).</summary>
    internal static GpGradient Of(MarginalLikelihoodGradient gradient, double[][]? loadings)
    {
        var covariance = gradient.Coregionalization;
        double PerLoading(int a, int r) => loadings!.Select((row, b) => (covariance[a][b] + covariance[b][a]) * row[r]).Sum();
        return new GpGradient(
            gradient.Lengthscale,
            covariance,
            gradient.NoiseVariance,
            gradient.Mean,
            loadings?.Select((row, a) => row.Select((_, r) => PerLoading(a, r)).ToArray()).ToArray(),
            loadings is null ? null : [.. covariance.Select((row, a) => row[a])]);
    }
}

/// <summary>What one new observation of a task at a test point tells about the whole function of the target task.</summary>
/// <param name="Target">Target task.</param>
/// <param name="V">m x M: posterior variances.</param>
/// <param name="W">m x M: posterior variances when the target's function is known.</param>
/// <param name="Info">m x M, nats: 1/2 log((noise + v) / (noise + w)); null where it is infinite (no noise, target task).</param>
internal sealed record GpInformation(int Target, double[][] V, double[][] W, double?[][] Info)
{
    internal static GpInformation Of(MultiTaskGp model, int target, Points points)
    {
        var at = InformationGain.AboutFunction(model, target).At(points);
        T[][] ByTask<T>(Func<PointInformation, int, T> value) =>
            [.. Enumerable.Range(0, model.TaskCount).Select(task => at.Select(point => value(point, task)).ToArray())];
        return new GpInformation(
            target,
            ByTask((point, task) => point.Covariance[task, task]),
            ByTask((point, task) => point.CovarianceGivenTarget[task, task]),
            ByTask((point, task) => Gain(point, task, model.Hyperparameters.NoiseVariance[task])));
    }

    private static double? Gain(PointInformation point, int task, double noise)
    {
        // Nothing is left to learn where neither noise nor uncertainty is.
        // A measurement without noise of what the target's function fixes has no density given that function: infinite, or nothing new.
        if (noise + point.CovarianceGivenTarget[task, task] == 0)
        {
            return point.Covariance[task, task] == 0 ? 0 : null;
        }

        var gain = point.Gain(task);
        return double.IsFinite(gain) ? gain : null;
    }
}
