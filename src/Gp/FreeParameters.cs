namespace Bitcurve.Gp;

/// <summary>
/// The unconstrained vector that the optimiser moves: coefficients of the log lengthscales (q), log linear variances (p), log nugget (0 or
/// 1), L by rows with the logarithm of its diagonal (m (m + 1) / 2), log(noise variance - floor) (m). Means are not part of it: they
/// follow in closed form.
/// </summary>
internal sealed class FreeParameters(LengthscaleBasis basis, int linearFeatures, bool hasNugget, int taskCount, double noiseFloor)
{
    /// <summary>Logarithms beyond it are flat: exp(20) is far outside of any sensible hyperparameter, and overflow would follow.</summary>
    private const double LogLimit = 20;

    public int Count { get; } = basis.Count + linearFeatures + (hasNugget ? 1 : 0) + (taskCount * (taskCount + 1) / 2) + taskCount;

    private int LinearStart => basis.Count;

    private int NuggetStart => LinearStart + linearFeatures;

    private int FactorStart => NuggetStart + (hasNugget ? 1 : 0);

    private int NoiseStart => Count - taskCount;

    public double[] Pack(Hyperparameters hyperparameters)
    {
        var vector = new double[Count];
        basis.Project(hyperparameters.Lengthscale).CopyTo(vector, 0);
        for (var j = 0; j < linearFeatures; j++)
        {
            vector[LinearStart + j] = ToLog(hyperparameters.LinearVariance[j]);
        }
        if (hasNugget)
        {
            vector[NuggetStart] = ToLog(hyperparameters.Nugget);
        }
        for (var a = 0; a < taskCount; a++)
        {
            for (var b = 0; b < a; b++)
            {
                vector[FactorIndex(a, b)] = hyperparameters.CoregionalizationFactor[a][b];
            }
            vector[FactorIndex(a, a)] = ToLog(hyperparameters.CoregionalizationFactor[a][a]);
            vector[NoiseStart + a] = ToLog(hyperparameters.NoiseVariance[a] - noiseFloor);
        }
        return vector;
    }

    /// <summary>The hyperparameters with means of 0.</summary>
    public Hyperparameters Unpack(ReadOnlySpan<double> vector)
    {
        var lengthscale = new double[basis.Dimensions];
        for (var k = 0; k < lengthscale.Length; k++)
        {
            lengthscale[k] = FromLog(LogLengthscale(vector, k));
        }
        var linear = new double[linearFeatures];
        for (var j = 0; j < linear.Length; j++)
        {
            linear[j] = FromLog(vector[LinearStart + j]);
        }
        var factor = new double[taskCount][];
        var noiseVariance = new double[taskCount];
        for (var a = 0; a < taskCount; a++)
        {
            factor[a] = new double[taskCount];
            for (var b = 0; b < a; b++)
            {
                factor[a][b] = vector[FactorIndex(a, b)];
            }
            factor[a][a] = FromLog(vector[FactorIndex(a, a)]);
            noiseVariance[a] = noiseFloor + FromLog(vector[NoiseStart + a]);
        }
        var nugget = hasNugget ? FromLog(vector[NuggetStart]) : 0;
        return new Hyperparameters(lengthscale, factor, noiseVariance, new double[taskCount], linear, nugget);
    }

    /// <summary>The coefficients c of the lengthscales, q entries.</summary>
    public ReadOnlySpan<double> Coefficients(ReadOnlySpan<double> vector) => vector[..basis.Count];

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
        for (var k = 0; k < basis.Dimensions; k++)
        {
            var perLog = natural.Lengthscale[k] * at.Lengthscale[k] * Slope(LogLengthscale(vector, k));
            RowProducts.AddScaled(perLog, basis.Rows[k], result);
        }
        for (var j = 0; j < linearFeatures; j++)
        {
            result[LinearStart + j] = natural.LinearVariance[j] * at.LinearVariance[j] * Slope(vector[LinearStart + j]);
        }
        if (hasNugget)
        {
            result[NuggetStart] = natural.Nugget * at.Nugget * Slope(vector[NuggetStart]);
        }
        var perFactor = natural.CoregionalizationFactor(at.CoregionalizationFactor);
        for (var a = 0; a < taskCount; a++)
        {
            for (var b = 0; b < a; b++)
            {
                result[FactorIndex(a, b)] = perFactor[a][b];
            }
            var diagonal = FactorIndex(a, a);
            result[diagonal] = ((perFactor[a][a] * at.CoregionalizationFactor[a][a]) + perLogDiagonal) * Slope(vector[diagonal]);
            var noise = NoiseStart + a;
            result[noise] = natural.NoiseVariance[a] * (at.NoiseVariance[a] - noiseFloor) * Slope(vector[noise]);
        }
    }

    private double LogLengthscale(ReadOnlySpan<double> vector, int dimension) => RowProducts.Dot(basis.Rows[dimension], vector);

    private static double ToLog(double value) => value > 0 ? Math.Clamp(Math.Log(value), -LogLimit, LogLimit) : -LogLimit;

    private static double FromLog(double value) => Math.Exp(Math.Clamp(value, -LogLimit, LogLimit));

    private static double Slope(double value) => Math.Abs(value) > LogLimit ? 0 : 1;

    private int FactorIndex(int row, int column) => FactorStart + (row * (row + 1) / 2) + column;
}
