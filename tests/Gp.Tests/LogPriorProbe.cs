namespace Bitcurve.Gp.Tests;

/// <summary>The log prior as a function of L, with its gradient, for comparison with finite differences.</summary>
internal sealed class LogPriorProbe(HyperparameterPriors priors)
{
    private readonly LogPrior _prior = new(priors);

    public double Value(double[] lengthscale, double[][] factor, double[] noiseVariance) =>
        Value(new Hyperparameters(lengthscale, factor, noiseVariance, new double[factor.Length]));

    public double Value(Hyperparameters at) => _prior.Value(at, at.Coregionalization());

    public (double[] Lengthscale, double[][] Factor, double[] Noise) Gradient(Hyperparameters at)
    {
        var natural = MarginalLikelihoodGradient.Zero(at);
        var perLogDiagonal = _prior.AddGradient(at, at.Coregionalization(), natural);
        var perFactor = natural.CoregionalizationFactor(at.CoregionalizationFactor);
        for (var a = 0; a < perFactor.Length; a++)
        {
            perFactor[a][a] += perLogDiagonal / at.CoregionalizationFactor[a][a];
        }
        return (natural.Lengthscale, perFactor, natural.NoiseVariance);
    }
}
