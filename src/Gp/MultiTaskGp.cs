namespace Bitcurve.Gp;

/// <summary>
/// A multi-task Gaussian process, f_l(x) = mu_l + g_l(x), cov(g_l(x), g_l'(x')) = B_ll' k(x, x'), y = f + N(0, s_l^2), conditioned on n
/// observations at given hyperparameters. Immutable. Bonilla, Chai and Williams 2007; intrinsic coregionalization as in Alvarez, Rosasco
/// and Lawrence 2012, section 4.2.
/// </summary>
public sealed class MultiTaskGp
{
    private readonly double[] _weights;

    /// <summary>Factors the n x n covariance. O(n^3).</summary>
    /// <exception cref="ArgumentException">When the hyperparameters are for other numbers of dimensions or tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When the covariance of the observations is numerically singular.</exception>
    public MultiTaskGp(Observations observations, StationaryKernel kernel, Hyperparameters hyperparameters)
        : this(observations, kernel, hyperparameters, Condition(observations, kernel, hyperparameters))
    {
    }

    private MultiTaskGp(Observations observations, StationaryKernel kernel, Hyperparameters hyperparameters,
        ConditionedCovariance covariance)
    {
        Observations = observations;
        Kernel = kernel;
        Hyperparameters = hyperparameters;
        Covariance = covariance;
        var residuals = Residuals(observations, hyperparameters.Mean);
        _weights = covariance.Factor.Solve(residuals);
        LogMarginalLikelihood = -0.5 * (RowProducts.Dot(residuals, _weights) + covariance.Factor.LogDeterminant
            + (observations.Count * Math.Log(2 * Math.PI)));
    }

    public Observations Observations { get; }

    public StationaryKernel Kernel { get; }

    public Hyperparameters Hyperparameters { get; }

    /// <summary>The posterior covariance, which does not depend on the values observed.</summary>
    public ConditionedCovariance Covariance { get; }

    /// <summary>log p(y), natural, -n/2 log 2 pi included. Rasmussen and Williams 2006, equation 2.30.</summary>
    public double LogMarginalLikelihood { get; }

    /// <summary>m.</summary>
    public int TaskCount => Observations.TaskCount;

    /// <summary>alpha = (K + D)^-1 (y - mu), n entries.</summary>
    internal ReadOnlySpan<double> Weights => _weights;

    /// <summary>
    /// The derivative of the log marginal likelihood with respect to every hyperparameter, in natural (not log) units. O(n^3).
    /// </summary>
    public MarginalLikelihoodGradient Gradient()
    {
        var likelihood = new MarginalLikelihood(Observations, Kernel);
        likelihood.Evaluate(Hyperparameters);
        return likelihood.Gradient();
    }

    /// <summary>The model given p more observations, at the same hyperparameters. O(p n^2).</summary>
    public MultiTaskGp Append(Observations more) =>
        new(Observations.Append(more), Kernel, Hyperparameters, Covariance.Append(more.Design));

    /// <summary>The posterior of the latent functions at M points; computed as it is asked for.</summary>
    /// <exception cref="ArgumentException">When the points have other dimensions than the observations.</exception>
    public Posterior At(Points points)
    {
        Covariance.RequireDimensions(points);
        return new Posterior(this, points);
    }

    private static ConditionedCovariance Condition(Observations observations, StationaryKernel kernel, Hyperparameters hyperparameters)
    {
        hyperparameters.RequireShape(observations.Dimensions, observations.TaskCount);
        return new ConditionedCovariance(
            observations.Design, new InputKernel(kernel, hyperparameters), hyperparameters.Coregionalization(), hyperparameters.NoiseVariance);
    }

    private static double[] Residuals(Observations observations, double[] mean)
    {
        var residuals = observations.Values.ToArray();
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] -= mean[observations.Design.Tasks[i]];
        }
        return residuals;
    }
}
