namespace Bitcurve.Gp;

/// <summary>
/// Mutual information between further observations and the target task's function f_m. For this model it is closed: knowing f_m leaves the
/// other tasks a coregionalised process with the Schur complement of B_mm as task covariance and the other tasks' data as data.
/// Observations that are still to come count as made, because variances do not depend on values; so choices made in parallel never
/// duplicate each other. Immutable; safe for concurrent use.
/// </summary>
public sealed class InformationGain
{
    private readonly ConditionedCovariance _given;
    private readonly ConditionedCovariance _givenTarget;
    private readonly double[] _noiseVariance;

    private InformationGain(ConditionedCovariance given, ConditionedCovariance givenTarget, double[] noiseVariance)
    {
        _given = given;
        _givenTarget = givenTarget;
        _noiseVariance = noiseVariance;
    }

    /// <summary>Information about the whole function f_m. O(n^3) once, for the covariance given f_m.</summary>
    /// <param name="model">The process given n observations.</param>
    /// <param name="targetTask">m.</param>
    /// <param name="pending">Where observations are on their way.</param>
    /// <exception cref="ArgumentException">When the target is no task, or the pending design has other tasks or dimensions.</exception>
    public static InformationGain AboutFunction(MultiTaskGp model, int targetTask, Design? pending = null)
    {
        Design.RequireTask(targetTask, model.TaskCount, nameof(targetTask));
        var given = pending is null ? model.Covariance : model.Covariance.Append(pending);
        // Data of the target task say nothing more once its function is known: they differ from it by independent noise.
        var others = given.Design.Select(given.Design.IndicesWhere(task => task != targetTask));
        var givenTarget = new ConditionedCovariance(
            others,
            model.Kernel,
            model.Hyperparameters.Lengthscale,
            given.Coregionalization.GivenTask(targetTask),
            model.Hyperparameters.NoiseVariance);
        return new InformationGain(given, givenTarget, model.Hyperparameters.NoiseVariance);
    }

    /// <summary>
    /// Information about f_m at <paramref name="known"/> only (p points, e.g. the candidates with a chance of lying on the front). O(p n^2
    /// + p^2 n + p^3) once.
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">When the points are so dense that exact knowledge of f_m at all of them is
    /// numerically singular.</exception>
    public static InformationGain AboutPoints(MultiTaskGp model, int targetTask, Points known, Design? pending = null)
    {
        Design.RequireTask(targetTask, model.TaskCount, nameof(targetTask));
        var given = pending is null ? model.Covariance : model.Covariance.Append(pending);
        var exact = new Design(known, Enumerable.Repeat(targetTask, known.Count).ToArray(), model.TaskCount, new double[known.Count]);
        return new InformationGain(given, given.Append(exact), model.Hyperparameters.NoiseVariance);
    }

    /// <summary>What observing at each of M points would tell. O(M m n^2).</summary>
    public PointInformation[] At(Points points)
    {
        var given = _given.AtEach(points);
        var givenTarget = _givenTarget.AtEach(points);
        return given.Select((covariance, i) => new PointInformation(covariance, givenTarget[i], _noiseVariance)).ToArray();
    }
}
