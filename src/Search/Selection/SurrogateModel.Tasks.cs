using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <content>
/// What the model says of every training length. The target's figures are those that decisions rest on; those of shorter trainings, and the
/// correlations, come from the fit to all measurements together, also where <see cref="TrustsLowFidelities"/> says that decisions do without it.
/// </content>
public sealed partial class SurrogateModel
{
    /// <summary>Measurements that the model was fitted to, the free observations of the baseline included.</summary>
    public int Measurements => joint.Model.Observations.Count;

    /// <summary>
    /// Mean of the noise-free metric after a training length, and the ends of its central interval: exact on the model's own scale, so
    /// asymmetric where that is a logarithm. One entry per candidate.
    /// </summary>
    /// <param name="candidates">Whose.</param>
    /// <param name="task">Place of the training length among the definition's tasks.</param>
    /// <param name="deviations">Half the interval's width in standard deviations: 1.96 for 95 %.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such task.</exception>
    public IReadOnlyList<(double Mean, double Lower, double Upper)> Bands(IReadOnlyList<Candidate> candidates, int task, double deviations)
    {
        RequireTask(task, nameof(task));
        var posterior = task == Target ? Latent(candidates) : joint.Predict(PointsOf(candidates), task);
        return [.. posterior.Mean.Zip(posterior.Variance, (mean, variance) =>
        {
            var (lower, upper) = Interval(mean, deviations * Math.Sqrt(variance));
            return (scale.Value(transform.Invert(mean, variance).Mean), lower, upper);
        })];
    }

    /// <summary>Correlation in [-1,1] of the noise-free accuracies after two training lengths, over networks far apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such task.</exception>
    public double TaskCorrelation(int task, int other)
    {
        RequireTask(task, nameof(task));
        RequireTask(other, nameof(other));
        return joint.Hyperparameters.Coregionalization().Correlation(task, other);
    }

    /// <summary>Standard deviation of one measurement after a training length, on the model's own scale.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such task.</exception>
    public double NoiseDeviation(int task)
    {
        RequireTask(task, nameof(task));
        return Math.Sqrt((task == Target ? regression : joint).NoiseVariance(task));
    }

    private void RequireTask(int task, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(task, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(task, Target, name);
    }
}
