namespace Bitcurve.Gp;

/// <summary>What a fit found.</summary>
/// <param name="Hyperparameters">The best of all starts.</param>
/// <param name="LogPosterior">Log marginal likelihood plus log prior (without its constant) there; without priors, the likelihood
/// alone.</param>
/// <param name="LogMarginalLikelihood">Log marginal likelihood there.</param>
/// <param name="Evaluations">Likelihood evaluations of all starts together; those on a subset count too.</param>
/// <param name="InverseHessian">The optimiser's estimate at the end, P x P over the free parameters: lets the next fit begin where
/// this one knew the shape; null when nothing was learned.</param>
public sealed record HyperparameterFitResult(Hyperparameters Hyperparameters, double LogPosterior, double LogMarginalLikelihood,
    int Evaluations, double[]? InverseHessian = null)
{
    /// <summary>For the next fit.</summary>
    public WarmStart ToWarmStart() => new(Hyperparameters, InverseHessian);
}

/// <summary>Where a fit begins: the result of an earlier one. Plain arrays, so that a snapshot can hold it.</summary>
/// <param name="Hyperparameters">The first start.</param>
/// <param name="InverseHessian">As in <see cref="HyperparameterFitResult"/>; ignored unless its size fits.</param>
public sealed record WarmStart(Hyperparameters Hyperparameters, double[]? InverseHessian = null);
