using System.Text.Json.Serialization;

namespace Bitcurve.Gp;

/// <summary>
/// Everything that the model learns besides its data; plain arrays, so that a snapshot can hold it as JSON. Treat the arrays as read-only.
/// </summary>
public sealed record Hyperparameters
{
    /// <param name="lengthscale">d lengthscales, &gt; 0, in units of the inputs.</param>
    /// <param name="coregionalizationFactor">L, m rows of m entries: lower triangular with positive diagonal; B = L L^T in squared units of
    /// the values.</param>
    /// <param name="noiseVariance">m noise variances &gt;= 0, in squared units of the values.</param>
    /// <param name="mean">m means, in units of the values.</param>
    /// <param name="linearVariance">tau^2, p prior variances &gt;= 0 of the coefficients of a mean function linear in the last p
    /// coordinates of every point, relative to B; none when null.</param>
    /// <param name="nugget">rho &gt;= 0, the variance of what is peculiar to one input, relative to B.</param>
    /// <exception cref="ArgumentException">When lengths disagree or an entry is out of its range.</exception>
    public Hyperparameters(double[] lengthscale, double[][] coregionalizationFactor, double[] noiseVariance, double[] mean,
        double[]? linearVariance = null, double nugget = 0)
    {
        LinearVariance = linearVariance ?? [];
        Nugget = nugget;
        Lengthscale = lengthscale;
        CoregionalizationFactor = coregionalizationFactor;
        NoiseVariance = noiseVariance;
        Mean = mean;
        Validate();
    }

    /// <summary>d lengthscales, &gt; 0.</summary>
    public double[] Lengthscale { get; }

    /// <summary>L, m x m, lower triangular with positive diagonal.</summary>
    public double[][] CoregionalizationFactor { get; }

    /// <summary>s_l^2, m entries &gt;= 0.</summary>
    public double[] NoiseVariance { get; }

    /// <summary>mu_l, m entries.</summary>
    public double[] Mean { get; }

    /// <summary>tau^2, p entries &gt;= 0: the points have d + p coordinates.</summary>
    public double[] LinearVariance { get; }

    /// <summary>rho &gt;= 0.</summary>
    // Snapshots leave out read-only properties, among which arrays do not count but a number does.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double Nugget { get; }

    /// <summary>With B given instead of its factor; B is m x m, symmetric positive definite.</summary>
    public static Hyperparameters FromCovariance(double[] lengthscale, double[][] covariance, double[] noiseVariance, double[] mean,
        double[]? linearVariance = null, double nugget = 0) =>
        new(lengthscale, IntrinsicCoregionalization.FactorOf([.. covariance.SelectMany(row => row)], covariance.Length), noiseVariance,
            mean, linearVariance, nugget);

    /// <summary>B = L L^T.</summary>
    public IntrinsicCoregionalization Coregionalization() => IntrinsicCoregionalization.FromFactor(CoregionalizationFactor);

    /// <exception cref="ArgumentException">When this is not for points of d + p coordinates and m tasks.</exception>
    internal void RequireShape(int dimensions, int taskCount)
    {
        if (Lengthscale.Length + LinearVariance.Length != dimensions || Mean.Length != taskCount)
        {
            throw new ArgumentException(
                $"Expected hyperparameters of {dimensions} dimensions and {taskCount} tasks, "
                + $"got {Lengthscale.Length + LinearVariance.Length} and {Mean.Length}.");
        }
    }

    private void Validate()
    {
        var taskCount = CoregionalizationFactor.Length;
        Require(taskCount > 0, "at least 1 task", 0);
        Require(Lengthscale.Length > 0, "at least 1 lengthscale", 0);
        Require(NoiseVariance.Length == taskCount, $"{taskCount} noise variances", NoiseVariance.Length);
        Require(Mean.Length == taskCount, $"{taskCount} means", Mean.Length);
        RequireAll(Lengthscale, value => value > 0, "lengthscales > 0");
        RequireAll(NoiseVariance, value => value >= 0, "noise variances >= 0");
        RequireAll(Mean, _ => true, "finite means");
        RequireAll(LinearVariance, value => value >= 0, "linear variances >= 0");
        RequireAll([Nugget], value => value >= 0, "a nugget >= 0");
        for (var a = 0; a < taskCount; a++)
        {
            var row = CoregionalizationFactor[a];
            Require(row.Length == taskCount, $"{taskCount} entries in row {a} of the coregionalization factor", row.Length);
            RequireAll(row, _ => true, "a finite coregionalization factor");
            Require(row[a] > 0, "a positive diagonal of the coregionalization factor", row[a]);
            RequireAll(row[(a + 1)..], value => value == 0, "a lower triangular coregionalization factor");
        }
    }

    private static void RequireAll(double[] values, Func<double, bool> holds, string expected)
    {
        foreach (var value in values)
        {
            Require(double.IsFinite(value) && holds(value), expected, value);
        }
    }

    private static void Require(bool holds, string expected, double actual)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected {expected}, got {actual}."));
        }
    }
}
