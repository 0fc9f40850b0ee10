namespace Bitcurve.Gp;

/// <summary>Derivatives of the log marginal likelihood with respect to the natural (not log) hyperparameters.</summary>
/// <param name="Lengthscale">d entries.</param>
/// <param name="Coregionalization">m rows of m: dlogML/dB, all m x m entries taken as independent (so symmetric).</param>
/// <param name="NoiseVariance">m entries.</param>
/// <param name="Mean">m entries.</param>
public sealed record MarginalLikelihoodGradient(double[] Lengthscale, double[][] Coregionalization, double[] NoiseVariance, double[] Mean)
{
    /// <summary>dlogML/dtau^2, p entries.</summary>
    public double[] LinearVariance { get; init; } = [];

    /// <summary>dlogML/drho.</summary>
    public double Nugget { get; internal set; }

    internal static MarginalLikelihoodGradient Zero(Hyperparameters at) => new(
        new double[at.Lengthscale.Length],
        [.. at.Mean.Select(_ => new double[at.Mean.Length])],
        new double[at.Mean.Length],
        new double[at.Mean.Length])
    {
        LinearVariance = new double[at.LinearVariance.Length],
    };

    /// <summary>The chain rule through B = L L^T: dlogML/dL = (G + G^T) L, lower triangle.</summary>
    /// <param name="factor">L, m rows of m entries.</param>
    /// <returns>m rows of m entries, zero above the diagonal.</returns>
    public double[][] CoregionalizationFactor(double[][] factor)
    {
        var taskCount = factor.Length;
        var result = new double[taskCount][];
        for (var a = 0; a < taskCount; a++)
        {
            result[a] = new double[taskCount];
            for (var b = 0; b <= a; b++)
            {
                for (var c = b; c < taskCount; c++)
                {
                    result[a][b] += (Coregionalization[a][c] + Coregionalization[c][a]) * factor[c][b];
                }
            }
        }
        return result;
    }
}
