namespace Bitcurve.Gp;

/// <summary>
/// The log density of <see cref="HyperparameterPriors"/>, up to a constant, and its gradient. The means have a flat prior.
/// </summary>
/// <param name="priors">The densities.</param>
/// <param name="hasOwnLengthscales">Whether lengthscales have a prior here, or their coefficients one elsewhere.</param>
internal sealed class LogPrior(HyperparameterPriors priors, bool hasOwnLengthscales = true)
{
    /// <summary>log p(hyperparameters).</summary>
    public double Value(Hyperparameters at, IntrinsicCoregionalization coregionalization)
    {
        var unused = MarginalLikelihoodGradient.Zero(at);
        AddGradient(at, coregionalization, unused, out var value);
        return value;
    }

    /// <summary>
    /// Adds the derivatives to <paramref name="gradient"/> (natural units), except the constant one by log L_aa, which is returned.
    /// </summary>
    public double AddGradient(Hyperparameters at, IntrinsicCoregionalization coregionalization, MarginalLikelihoodGradient gradient) =>
        AddGradient(at, coregionalization, gradient, out _);

    private double AddGradient(
        Hyperparameters at, IntrinsicCoregionalization coregionalization, MarginalLikelihoodGradient gradient, out double value)
    {
        value = 0.0;
        for (var k = 0; k < at.Lengthscale.Length && hasOwnLengthscales; k++)
        {
            value += LogNormal(at.Lengthscale[k], priors.LengthscaleMedian, priors.LengthscaleLogDeviation, ref gradient.Lengthscale[k]);
        }
        for (var j = 0; j < at.LinearVariance.Length; j++)
        {
            value += LogNormal(at.LinearVariance[j], priors.LinearVarianceMedian, priors.LinearVarianceLogDeviation,
                ref gradient.LinearVariance[j]);
        }
        if (at.Nugget > 0)
        {
            var slope = gradient.Nugget;
            value += LogNormal(at.Nugget, priors.NuggetMedian, priors.NuggetLogDeviation, ref slope);
            gradient.Nugget = slope;
        }
        for (var a = 0; a < at.NoiseVariance.Length; a++)
        {
            value += LogNormal(at.NoiseVariance[a], priors.NoiseVarianceMedian, priors.NoiseVarianceLogDeviation,
                ref gradient.NoiseVariance[a]);
            value += LogNormal(coregionalization[a, a], priors.VarianceMedian, priors.VarianceLogDeviation,
                ref gradient.Coregionalization[a][a]);
            for (var b = 0; b < a; b++)
            {
                value += Correlation(coregionalization, a, b, gradient.Coregionalization);
            }
        }
        return AddShape(at.CoregionalizationFactor, coregionalization, gradient, ref value);
    }

    /// <summary>
    /// (eta - 1) log |C| = (eta - 1) (2 sum log L_aa - sum log B_aa). The second half's derivative goes to <paramref name="gradient"/>;
    /// that of the first is returned per log L_aa, in which it is constant.
    /// </summary>
    private double AddShape(
        double[][] factor, IntrinsicCoregionalization coregionalization, MarginalLikelihoodGradient gradient, ref double value)
    {
        var excess = priors.CorrelationShape - 1;
        for (var a = 0; a < factor.Length; a++)
        {
            value += excess * ((2 * Math.Log(factor[a][a])) - Math.Log(coregionalization[a, a]));
            gradient.Coregionalization[a][a] -= excess / coregionalization[a, a];
        }
        return 2 * excess;
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
