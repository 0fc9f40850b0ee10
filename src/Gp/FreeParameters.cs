namespace Bitcurve.Gp;

/// <summary>
/// The unconstrained vector that the optimiser moves: lengthscales (q), linear variances (p), nugget (0 or 1), L by rows
/// (m (m + 1) / 2), noise variances above the floor (m). Means are not part of it: they follow in closed form.
/// </summary>
/// <param name="basis">What the log lengthscales depend on.</param>
/// <param name="linearFeatures">p.</param>
/// <param name="hasNugget">Whether there is a nugget.</param>
/// <param name="taskCount">m.</param>
/// <param name="noiseFloor">Least noise variance.</param>
/// <param name="isLogarithmic">
/// Under priors, which are over logarithms, positive parameters are logarithms. Without priors the likelihood often has its maximum on a
/// border (a noise or L_aa of 0, a lengthscale of infinity), at the end of an endless valley on a logarithmic scale. Roots and inverse
/// lengthscales of either sign make the border an ordinary interior point.
/// </param>
internal sealed class FreeParameters(
    LengthscaleBasis basis, int linearFeatures, bool hasNugget, int taskCount, double noiseFloor, bool isLogarithmic)
{
    /// <summary>Nearest to a border that counts as inside: zero itself is no valid hyperparameter.</summary>
    private const double Least = 1e-7;

    /// <summary>Logarithms beyond it are flat: exp(20) is far outside of any sensible hyperparameter, and overflow would follow.</summary>
    private const double LogLimit = 20;

    /// <summary>P.</summary>
    public int Count { get; } = basis.Count + linearFeatures + (hasNugget ? 1 : 0) + (taskCount * (taskCount + 1) / 2) + taskCount;

    private int LinearStart => basis.Count;

    private int NuggetStart => LinearStart + linearFeatures;

    private int FactorStart => NuggetStart + (hasNugget ? 1 : 0);

    private int NoiseStart => Count - taskCount;

    /// <summary>
    /// The vector that unpacks to these hyperparameters, or the nearest inside the limits; a nugget that is not fitted is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">When they are for other numbers of lengthscales, linear features or tasks.</exception>
    public double[] Pack(Hyperparameters hyperparameters)
    {
        RequireShape(hyperparameters);
        var vector = new double[Count];
        double[] coefficients =
            isLogarithmic ? basis.Project(hyperparameters.Lengthscale) : [.. hyperparameters.Lengthscale.Select(l => 1 / l)];
        coefficients.CopyTo(vector, 0);
        for (var j = 0; j < linearFeatures; j++)
        {
            vector[LinearStart + j] = FromPositive(hyperparameters.LinearVariance[j]);
        }
        if (hasNugget)
        {
            vector[NuggetStart] = FromPositive(hyperparameters.Nugget);
        }
        for (var a = 0; a < taskCount; a++)
        {
            for (var b = 0; b < a; b++)
            {
                vector[FactorIndex(a, b)] = hyperparameters.CoregionalizationFactor[a][b];
            }
            var diagonal = hyperparameters.CoregionalizationFactor[a][a];
            vector[FactorIndex(a, a)] = isLogarithmic ? ToLog(diagonal) : diagonal;
            vector[NoiseStart + a] = FromPositive(hyperparameters.NoiseVariance[a] - noiseFloor);
        }
        return vector;
    }

    /// <summary>The hyperparameters with means of 0, from Count entries.</summary>
    public Hyperparameters Unpack(ReadOnlySpan<double> vector)
    {
        var lengthscale = new double[basis.Dimensions];
        for (var k = 0; k < lengthscale.Length; k++)
        {
            lengthscale[k] = isLogarithmic ? FromLog(LogLengthscale(vector, k)) : 1 / Math.Max(Least, Math.Abs(vector[k]));
        }
        var linear = new double[linearFeatures];
        for (var j = 0; j < linear.Length; j++)
        {
            linear[j] = ToPositive(vector[LinearStart + j]);
        }
        var factor = new double[taskCount][];
        var noiseVariance = new double[taskCount];
        for (var a = 0; a < taskCount; a++)
        {
            factor[a] = new double[taskCount];
            for (var b = 0; b < a; b++)
            {
                factor[a][b] = ColumnSign(vector, b) * vector[FactorIndex(a, b)];
            }
            var diagonal = vector[FactorIndex(a, a)];
            factor[a][a] = isLogarithmic ? FromLog(diagonal) : Math.Max(Least, Math.Abs(diagonal));
            noiseVariance[a] = noiseFloor + ToPositive(vector[NoiseStart + a]);
        }
        var nugget = hasNugget ? ToPositive(vector[NuggetStart]) : 0;
        return new Hyperparameters(lengthscale, factor, noiseVariance, new double[taskCount], linear, nugget);
    }

    /// <summary>The chain rule from natural units to this vector.</summary>
    /// <param name="vector">Where.</param>
    /// <param name="at">The same, unpacked.</param>
    /// <param name="natural">The gradient in natural units.</param>
    /// <param name="perLogDiagonal">Added to the derivative by every log L_aa.</param>
    /// <param name="result">Count entries.</param>
    public void ChainGradient(
        ReadOnlySpan<double> vector, Hyperparameters at, MarginalLikelihoodGradient natural, double perLogDiagonal, Span<double> result)
    {
        result.Clear();
        AddLengthscales(vector, at, natural, result);
        for (var j = 0; j < linearFeatures; j++)
        {
            result[LinearStart + j] = natural.LinearVariance[j] * PositiveSlope(vector[LinearStart + j]);
        }
        if (hasNugget)
        {
            result[NuggetStart] = natural.Nugget * PositiveSlope(vector[NuggetStart]);
        }
        var perFactor = natural.CoregionalizationFactor(at.CoregionalizationFactor);
        for (var a = 0; a < taskCount; a++)
        {
            for (var b = 0; b < a; b++)
            {
                result[FactorIndex(a, b)] = ColumnSign(vector, b) * perFactor[a][b];
            }
            var diagonal = FactorIndex(a, a);
            result[diagonal] = isLogarithmic
                ? ((perFactor[a][a] * at.CoregionalizationFactor[a][a]) + perLogDiagonal) * Slope(vector[diagonal])
                : ColumnSign(vector, a) * perFactor[a][a];
            result[NoiseStart + a] = natural.NoiseVariance[a] * PositiveSlope(vector[NoiseStart + a]);
        }
    }

    private void RequireShape(Hyperparameters hyperparameters)
    {
        var (lengthscales, features, tasks) =
            (hyperparameters.Lengthscale.Length, hyperparameters.LinearVariance.Length, hyperparameters.Mean.Length);
        if ((lengthscales, features, tasks) != (basis.Dimensions, linearFeatures, taskCount))
        {
            throw new ArgumentException(
                $"Expected {basis.Dimensions} lengthscales, {linearFeatures} linear variances and {taskCount} tasks to start a fit from, "
                + $"got {lengthscales}, {features} and {tasks}.", nameof(hyperparameters));
        }
    }

    private void AddLengthscales(ReadOnlySpan<double> vector, Hyperparameters at, MarginalLikelihoodGradient natural, Span<double> result)
    {
        for (var k = 0; k < basis.Dimensions; k++)
        {
            if (isLogarithmic)
            {
                var perLog = natural.Lengthscale[k] * at.Lengthscale[k] * Slope(LogLengthscale(vector, k));
                RowProducts.AddScaled(perLog, basis.Rows[k], result);
            }
            else if (Math.Abs(vector[k]) > Least)
            {
                result[k] = -natural.Lengthscale[k] * at.Lengthscale[k] * at.Lengthscale[k] * Math.Sign(vector[k]);
            }
        }
    }

    /// <summary>A column of L may be turned over without changing B: the one with the positive diagonal is meant.</summary>
    private double ColumnSign(ReadOnlySpan<double> vector, int column) =>
        !isLogarithmic && vector[FactorIndex(column, column)] < 0 ? -1 : 1;

    private double FromPositive(double value) => isLogarithmic ? ToLog(value) : Math.Sqrt(Math.Max(0, value));

    private double ToPositive(double value) => isLogarithmic ? FromLog(value) : value * value;

    /// <summary>The derivative of <see cref="ToPositive"/>.</summary>
    private double PositiveSlope(double value) => isLogarithmic ? FromLog(value) * Slope(value) : 2 * value;

    private double LogLengthscale(ReadOnlySpan<double> vector, int dimension) => RowProducts.Dot(basis.Rows[dimension], vector);

    private static double ToLog(double value) => value > 0 ? Math.Clamp(Math.Log(value), -LogLimit, LogLimit) : -LogLimit;

    private static double FromLog(double value) => Math.Exp(Math.Clamp(value, -LogLimit, LogLimit));

    private static double Slope(double value) => Math.Abs(value) > LogLimit ? 0 : 1;

    private int FactorIndex(int row, int column) => FactorStart + (row * (row + 1) / 2) + column;
}
