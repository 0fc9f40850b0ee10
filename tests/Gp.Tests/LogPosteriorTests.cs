namespace Bitcurve.Gp.Tests;

public sealed class LogPosteriorTests
{
    // The value is of order 100, its rounding 1e-12 over a step of 1e-6; the derivatives are of order 1 to 100.
    private const double Relative = 1e-5;
    private const double Absolute = 2e-5;

    private static readonly LengthscaleBasis Line = new([[1, -1], [1, 1]], [Math.Log(0.6), 0.1], [0.5, 0.3]);

    [Fact]
    public void Gradient_WithPriors_AgreesWithFiniteDifferences() => Seeds.ForAll(25, seed =>
    {
        var random = new FeatureCase(seed);
        AssertGradient(random, random.Options(new HyperparameterPriors { CorrelationShape = 1.5 }), isLogarithmic: true);
    });

    [Fact]
    public void Gradient_WithPriorsAndBasis_AgreesWithFiniteDifferences() => Seeds.ForAll(25, seed =>
    {
        var random = new FeatureCase(seed);
        AssertGradient(random, random.Options(new HyperparameterPriors()) with { Basis = Line }, isLogarithmic: true);
    });

    [Fact]
    public void Gradient_WithBasisOnly_AgreesWithFiniteDifferences() => Seeds.ForAll(15, seed =>
    {
        var random = new FeatureCase(seed);
        AssertGradient(random, random.Options(priors: null) with { Basis = Line }, isLogarithmic: true);
    });

    [Fact]
    public void Gradient_WithoutPriors_AgreesWithFiniteDifferencesForEitherSign() => Seeds.ForAll(25, seed =>
    {
        var random = new FeatureCase(seed);
        AssertGradient(random, random.Options(priors: null), isLogarithmic: false);
    });

    [Fact]
    public void Gradient_ZeroMean_AgreesWithFiniteDifferences() => Seeds.ForAll(15, seed =>
    {
        var random = new FeatureCase(seed);
        AssertGradient(random, random.Options(new HyperparameterPriors()) with { HasZeroMean = true }, isLogarithmic: true);
    });

    [Fact]
    public void Evaluate_WithPriorsAndBasis_IsLikelihoodPlusTheDensitiesByHand()
    {
        var random = new FeatureCase(3, taskCount: 1);
        var options = random.Options(new HyperparameterPriors()) with { Basis = Line, HasZeroMean = true };
        var parameters = Parameters(random, options, isLogarithmic: true);
        var function = new LogPosterior(random.Observations, random.Kernel, options, parameters);
        var vector = parameters.Pack(random.Hyperparameters);
        var value = -function.Evaluate(vector);
        var at = function.At;

        static double Normal(double x, double centre, double deviation) => -0.5 * Math.Pow((x - centre) / deviation, 2);
        var density = Normal(vector[0], Math.Log(0.6), 0.5) + Normal(vector[1], 0.1, 0.3)
            + at.LinearVariance.Sum(tau => Normal(Math.Log(tau), 0, 1.5)) + Normal(Math.Log(at.Nugget), Math.Log(0.03), 1)
            + Normal(2 * Math.Log(at.CoregionalizationFactor[0][0]), 0, 1) + Normal(Math.Log(at.NoiseVariance[0]), Math.Log(5e-3), 1.5);
        Close.Equal(new DenseModel(random.Observations, random.Kernel.Kind, at).LogMarginalLikelihood(), function.LogMarginalLikelihood, 1e-10);
        Close.Equal(function.LogMarginalLikelihood + density, value, 1e-11);
        Assert.Equal([0], at.Mean);
    }

    [Fact]
    public void Evaluate_WithoutZeroMean_IsAtTheBestMean()
    {
        var random = new FeatureCase(4);
        var options = random.Options(new HyperparameterPriors());
        var parameters = Parameters(random, options, isLogarithmic: true);
        var free = new LogPosterior(random.Observations, random.Kernel, options, parameters);
        var zero = new LogPosterior(random.Observations, random.Kernel, options with { HasZeroMean = true }, parameters);
        var vector = parameters.Pack(random.Hyperparameters);

        Assert.True(free.Evaluate(vector) < zero.Evaluate(vector));
        Assert.All(new MultiTaskGp(random.Observations, random.Kernel, free.At).Gradient().Mean, d => Close.Equal(0, d, 0, 1e-8));
    }

    [Fact]
    public void Evaluate_ContradictingExactValues_IsFiniteAndBad()
    {
        var design = new Design(new Points(1, [[0.5], [0.5]]), [0, 0], 1, [0, 0]);
        var parameters = new FreeParameters(LengthscaleBasis.Independent(1, 0.5, 0.75), 0, false, 1, 1e-6, true);
        var function = new LogPosterior(new Observations(design, [0, 1]), SquaredExponential.Instance, new FitOptions(), parameters);
        // The covariance is singular but for a jitter of 1e-12 to 1e-6 of the variance 1, against a squared difference of 1.
        Assert.InRange(function.Evaluate([0, 0, 0]), 1e5, 1e12);
    }

    private static FreeParameters Parameters(FeatureCase random, FitOptions options, bool isLogarithmic)
    {
        var basis = options.Basis ?? LengthscaleBasis.Independent(random.Hyperparameters.Lengthscale.Length, 0.5, 0.75);
        return new FreeParameters(basis, options.LinearFeatures, options.HasNugget, random.TaskCount, options.NoiseFloor, isLogarithmic);
    }

    private static void AssertGradient(FeatureCase random, FitOptions options, bool isLogarithmic)
    {
        var parameters = Parameters(random, options, isLogarithmic);
        var function = new LogPosterior(random.Observations, random.Kernel, options, parameters);
        var vector = parameters.Pack(random.Hyperparameters);
        for (var i = 0; i < vector.Length && !isLogarithmic; i++)
        {
            // Either sign of a root is allowed.
            vector[i] *= i % 3 == 1 ? -1 : 1;
        }
        var gradient = new double[parameters.Count];
        function.Evaluate(vector);
        function.Gradient(gradient);
        for (var i = 0; i < vector.Length; i++)
        {
            Close.Equal(FiniteDifference.Central(value => function.Evaluate([.. vector.Select((v, k) => k == i ? value : v)]), vector[i]),
                gradient[i], Relative, Absolute);
        }
    }
}
