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
    private readonly bool _isContinuation;

    private InformationGain(ConditionedCovariance given, ConditionedCovariance givenTarget, double[] noiseVariance, bool isContinuation) =>
        (_given, _givenTarget, _noiseVariance, _isContinuation) = (given, givenTarget, noiseVariance, isContinuation);

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
            given.Kernel,
            given.Coregionalization.GivenTask(targetTask),
            model.Hyperparameters.NoiseVariance);
        return new InformationGain(given, givenTarget, model.Hyperparameters.NoiseVariance, isContinuation: false);
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
        return new InformationGain(given, given.Append(exact), model.Hyperparameters.NoiseVariance, isContinuation: true);
    }

    /// <summary>What observing at each of M points would tell. O(M m n u) for u distinct inputs among the n rows.</summary>
    public InformationTable At(Points points)
    {
        var covariance = new TaskCovariances(points.Count, _given.Coregionalization.TaskCount);
        if (!_isContinuation)
        {
            _given.AtEach(points, _given.Design.Count, covariance, null);
            return new InformationTable(covariance, _givenTarget.AtEach(points), _noiseVariance);
        }
        // Knowing the target is only further rows of the same factor, so one pass gives both.
        var givenTarget = new TaskCovariances(points.Count, _given.Coregionalization.TaskCount);
        _givenTarget.AtEach(points, _given.Design.Count, covariance, givenTarget);
        return new InformationTable(covariance, givenTarget, _noiseVariance);
    }
}
