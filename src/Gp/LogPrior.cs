namespace Bitcurve.Gp;

/// <summary>
/// The log density of <see cref="HyperparameterPriors"/>, up to a constant, and its gradient added to that of the likelihood.
/// </summary>
internal sealed class LogPrior(HyperparameterPriors priors)
{
    /// <summary>
    /// log p(hyperparameters), with its derivatives added to <paramref name="gradient"/> (natural units). The means have a flat prior.
    /// </summary>
    public double Add(double[] lengthscale, IntrinsicCoregionalization coregionalization, double[] noiseVariance,
        MarginalLikelihoodGradient gradient)
    {
        var value = 0.0;
        for (var k = 0; k < lengthscale.Length; k++)
        {
            value += LogNormal(lengthscale[k], priors.LengthscaleMedian, priors.LengthscaleLogDeviation, ref gradient.Lengthscale[k]);
        }
        for (var a = 0; a < noiseVariance.Length; a++)
        {
            value += LogNormal(noiseVariance[a], priors.NoiseVarianceMedian, priors.NoiseVarianceLogDeviation,
                ref gradient.NoiseVariance[a]);
            value += LogNormal(coregionalization[a, a], priors.VarianceMedian, priors.VarianceLogDeviation,
                ref gradient.Coregionalization[a][a]);
            for (var b = 0; b < a; b++)
            {
                value += Correlation(coregionalization, a, b, gradient.Coregionalization);
            }
        }
        return value;
    }

    /// <summary>
    /// (eta - 1) log |C| = (eta - 1) (2 sum log L_aa - sum log B_aa). The second half's derivative goes to <paramref name="gradient"/>;
    /// that of the first is returned per log L_aa, in which it is constant.
    /// </summary>
    public (double Value, double PerLogDiagonal) AddShape(double[][] factor, IntrinsicCoregionalization coregionalization,
        MarginalLikelihoodGradient gradient)
    {
        var excess = priors.CorrelationShape - 1;
        var value = 0.0;
        for (var a = 0; a < factor.Length; a++)
        {
            value += excess * ((2 * Math.Log(factor[a][a])) - Math.Log(coregionalization[a, a]));
            gradient.Coregionalization[a][a] -= excess / coregionalization[a, a];
        }
        return (value, 2 * excess);
    }

    private static double LogNormal(double x, double median, double deviation, ref double gradient)
    {
        var z = Math.Log(x / median) / deviation;
        gradient -= z / (deviation * x);
        return -0.5 * z * z;
    }

    private double Correlation(IntrinsicCoregionalization coregionalization, int a, int b, double[][] gradient)
    {
        var correlation = coregionalization.Correlation(a, b);
        var z = (correlation - priors.CorrelationMean) / priors.CorrelationDeviation;
        var perCorrelation = -z / priors.CorrelationDeviation;
        // B_ab and B_ba are independent entries of the gradient: each takes half.
        var perEntry = 0.5 * perCorrelation / Math.Sqrt(coregionalization[a, a] * coregionalization[b, b]);
        gradient[a][b] += perEntry;
        gradient[b][a] += perEntry;
        gradient[a][a] -= 0.5 * perCorrelation * correlation / coregionalization[a, a];
        gradient[b][b] -= 0.5 * perCorrelation * correlation / coregionalization[b, b];
        return -0.5 * z * z;
    }
}
