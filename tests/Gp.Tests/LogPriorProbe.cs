namespace Bitcurve.Gp.Tests;

/// <summary>The log prior as a function of L, with its gradient, for comparison with finite differences.</summary>
internal sealed class LogPriorProbe(HyperparameterPriors priors)
{
    private readonly LogPrior _prior = new(priors);

    public double Value(double[] lengthscale, double[][] factor, double[] noiseVariance) =>
        Evaluate(lengthscale, factor, noiseVariance).Value;

    public (double[] Lengthscale, double[][] Factor, double[] Noise) Gradient(Hyperparameters at)
    {
        var (_, natural, perLogDiagonal) = Evaluate(at.Lengthscale, at.CoregionalizationFactor, at.NoiseVariance);
        var perFactor = natural.CoregionalizationFactor(at.CoregionalizationFactor);
        for (var a = 0; a < perFactor.Length; a++)
        {
            perFactor[a][a] += perLogDiagonal / at.CoregionalizationFactor[a][a];
        }
        return (natural.Lengthscale, perFactor, natural.NoiseVariance);
    }

    private (double Value, MarginalLikelihoodGradient Natural, double PerLogDiagonal) Evaluate(double[] lengthscale, double[][] factor,
        double[] noiseVariance)
    {
        var taskCount = factor.Length;
        var natural = new MarginalLikelihoodGradient(
            new double[lengthscale.Length], [.. factor.Select(_ => new double[taskCount])], new double[taskCount], new double[taskCount]);
        var coregionalization = IntrinsicCoregionalization.FromFactor(factor);
        var value = _prior.Add(lengthscale, coregionalization, noiseVariance, natural);
        var shape = _prior.AddShape(factor, coregionalization, natural);
        return (value + shape.Value, natural, shape.PerLogDiagonal);
    }
}
