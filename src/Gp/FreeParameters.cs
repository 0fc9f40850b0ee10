namespace Bitcurve.Gp;

/// <summary>
/// The unconstrained vector that the optimiser moves: log lengthscale (d), L by rows with the logarithm of its diagonal (m (m + 1) / 2),
/// log(noise variance - floor) (m). Means are not part of it: they follow in closed form.
/// </summary>
internal sealed class FreeParameters(int dimensions, int taskCount, double noiseFloor)
{
    /// <summary>Logarithms beyond it are flat: exp(20) is far outside of any sensible hyperparameter, and overflow would follow.</summary>
    private const double LogLimit = 20;

    public int Count { get; } = dimensions + (taskCount * (taskCount + 1) / 2) + taskCount;

    private int NoiseStart => Count - taskCount;

    public double[] Pack(Hyperparameters hyperparameters)
    {
        var vector = new double[Count];
        for (var k = 0; k < dimensions; k++)
        {
            vector[k] = ToLog(hyperparameters.Lengthscale[k]);
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

    public (double[] Lengthscale, double[][] Factor, double[] NoiseVariance) Unpack(ReadOnlySpan<double> vector)
    {
        var lengthscale = new double[dimensions];
        var factor = new double[taskCount][];
        var noiseVariance = new double[taskCount];
        for (var k = 0; k < dimensions; k++)
        {
            lengthscale[k] = FromLog(vector[k]);
        }
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
        return (lengthscale, factor, noiseVariance);
    }

    /// <summary>The chain rule from natural units to this vector.</summary>
    /// <param name="vector">Where.</param>
    /// <param name="natural">The gradient in natural units.</param>
    /// <param name="perLogDiagonal">Added to the derivative by every log L_aa.</param>
    /// <param name="result">Count entries.</param>
    public void ChainGradient(ReadOnlySpan<double> vector, MarginalLikelihoodGradient natural, double perLogDiagonal, Span<double> result)
    {
        var (lengthscale, factor, noiseVariance) = Unpack(vector);
        var perFactor = natural.CoregionalizationFactor(factor);
        for (var k = 0; k < dimensions; k++)
        {
            result[k] = natural.Lengthscale[k] * lengthscale[k] * Slope(vector[k]);
        }
        for (var a = 0; a < taskCount; a++)
        {
            for (var b = 0; b < a; b++)
            {
                result[FactorIndex(a, b)] = perFactor[a][b];
            }
            var diagonal = FactorIndex(a, a);
            result[diagonal] = ((perFactor[a][a] * factor[a][a]) + perLogDiagonal) * Slope(vector[diagonal]);
            var noise = NoiseStart + a;
            result[noise] = natural.NoiseVariance[a] * (noiseVariance[a] - noiseFloor) * Slope(vector[noise]);
        }
    }

    private static double ToLog(double value) => value > 0 ? Math.Clamp(Math.Log(value), -LogLimit, LogLimit) : -LogLimit;

    private static double FromLog(double value) => Math.Exp(Math.Clamp(value, -LogLimit, LogLimit));

    private static double Slope(double value) => Math.Abs(value) > LogLimit ? 0 : 1;

    private int FactorIndex(int row, int column) => dimensions + (row * (row + 1) / 2) + column;
}
